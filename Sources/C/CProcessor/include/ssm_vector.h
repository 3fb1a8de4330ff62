#ifndef SSM_VECTOR_H
#define SSM_VECTOR_H

/// Sixteen floats; `SIMD16<Float>` in Swift, whose own versions of these functions are compiled lane by lane.
typedef float ssm_lanes __attribute__((ext_vector_type(16)));
/// Half of them, and eight doubles; `SIMD8<Float>` and `SIMD8<Double>`.
typedef float ssm_half_lanes __attribute__((ext_vector_type(8)));
typedef double ssm_double_lanes __attribute__((ext_vector_type(8)));
/// The sign bits of `ssm_lanes`.
typedef unsigned ssm_lane_bits __attribute__((ext_vector_type(16)));

/// a · b + c with one rounding.
static inline __attribute__((always_inline)) ssm_lanes ssm_multiply_add(ssm_lanes a, ssm_lanes b, ssm_lanes c) {
  return __builtin_elementwise_fma(a, b, c);
}

/// The square root, NaN below zero.
static inline __attribute__((always_inline)) ssm_lanes ssm_square_root(ssm_lanes a) { return __builtin_elementwise_sqrt(a); }

/// Eight floats as doubles, and back with rounding.
static inline __attribute__((always_inline)) ssm_double_lanes ssm_widened(ssm_half_lanes a) {
  return __builtin_convertvector(a, ssm_double_lanes);
}
static inline __attribute__((always_inline)) ssm_half_lanes ssm_narrowed(ssm_double_lanes a) {
  return __builtin_convertvector(a, ssm_half_lanes);
}

/// a[0], b[0], a[1], b[1], …: eight complex numbers from their parts; and the parts from them.
static inline __attribute__((always_inline)) ssm_lanes ssm_interleaved(ssm_half_lanes a, ssm_half_lanes b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
}
static inline __attribute__((always_inline)) ssm_half_lanes ssm_real_parts(ssm_lanes a) {
  return __builtin_shufflevector(a, a, 0, 2, 4, 6, 8, 10, 12, 14);
}
static inline __attribute__((always_inline)) ssm_half_lanes ssm_imaginary_parts(ssm_lanes a) {
  return __builtin_shufflevector(a, a, 1, 3, 5, 7, 9, 11, 13, 15);
}

// The two products differ in signs alone: Re a in both lanes of each number, times b, plus ±Im a in both, times b with its parts swapped.
// A macro, because a function that C calls with vectors of this size draws warnings where the processor's registers are smaller.
#define SSM_DEFINE_PRODUCT(name, even, odd)                                                                             \
  static inline __attribute__((always_inline)) ssm_lanes name(ssm_lanes a, ssm_lanes b) {                               \
    const ssm_lane_bits signs = {even, odd, even, odd, even, odd, even, odd, even, odd, even, odd, even, odd, even, odd}; \
    ssm_lanes real = __builtin_shufflevector(a, a, 0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14);               \
    ssm_lanes imaginary = __builtin_shufflevector(a, a, 1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15);          \
    ssm_lanes swapped = __builtin_shufflevector(b, b, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);            \
    return __builtin_elementwise_fma(real, b, (ssm_lanes)((ssm_lane_bits)imaginary ^ signs) * swapped);                 \
  }

/// a · b of eight complex numbers.
SSM_DEFINE_PRODUCT(ssm_complex_product, 0x80000000u, 0)
/// conj(a) · b of eight complex numbers.
SSM_DEFINE_PRODUCT(ssm_conjugate_product, 0, 0x80000000u)
#undef SSM_DEFINE_PRODUCT

/// Asks for the 64 bytes around an address that will be read or written soon; any address is allowed.
static inline __attribute__((always_inline)) void ssm_prefetch(const float *address) { __builtin_prefetch(address, 0, 3); }

#endif
