#include <fftw3.h>

// Swift does not import arrays without a size.
static inline const char *ssm_fftw_version(void) { return fftwf_version; }
