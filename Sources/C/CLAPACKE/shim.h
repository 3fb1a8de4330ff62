// Swift cannot import C's own complex numbers, so LAPACKE is told to use these structures of the same layout.
typedef struct { float real, imag; } ssm_complex_float;
typedef struct { double real, imag; } ssm_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float ssm_complex_float
#define lapack_complex_double ssm_complex_double
#include <lapacke.h>
