#ifndef SSM_PROCESSOR_H
#define SSM_PROCESSOR_H

#include "ssm_vector.h"

/// Makes the calling thread treat denormal numbers as zero (x86 MXCSR bits FTZ and DAZ); nothing elsewhere.
void ssm_flush_denormals_to_zero(void);

/// 1 if the processor and the operating system offer AVX2 and FMA.
int ssm_processor_has_avx2(void);

/// 1 if they offer the AVX-512 subset that OpenBLAS's SkylakeX kernels need.
int ssm_processor_has_avx512(void);

/// Lets glibc free a large block without walking through all small ones that were freed before it; FFTW asks for and frees large blocks
/// in every buffered transform. Nothing with another C library.
void ssm_prepare_allocator(void);

/// glibc's version text, such as "2.36"; "unknown" with another C library.
const char *ssm_c_library_version(void);

#endif
