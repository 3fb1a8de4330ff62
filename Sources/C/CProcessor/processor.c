#include "CProcessor.h"

#if defined(__GLIBC__) || defined(__linux__)
#include <gnu/libc-version.h>
#include <malloc.h>
void ssm_prepare_allocator(void) { mallopt(M_MXFAST, 0); }
const char *ssm_c_library_version(void) { return gnu_get_libc_version(); }
#else
void ssm_prepare_allocator(void) {}
const char *ssm_c_library_version(void) { return "unknown"; }
#endif

#if defined(__x86_64__)
#include <immintrin.h>
void ssm_flush_denormals_to_zero(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }
int ssm_processor_has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
int ssm_processor_has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}
#else
void ssm_flush_denormals_to_zero(void) {}
int ssm_processor_has_avx2(void) { return 0; }
int ssm_processor_has_avx512(void) { return 0; }
#endif
