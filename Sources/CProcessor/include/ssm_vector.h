#ifndef SSM_VECTOR_H
#define SSM_VECTOR_H

/// Sixteen floats; `SIMD16<Float>` in Swift, whose own versions of these functions are compiled lane by lane.
typedef float ssm_lanes __attribute__((ext_vector_type(16)));

/// a · b + c with one rounding.
static inline __attribute__((always_inline)) ssm_lanes ssm_multiply_add(ssm_lanes a, ssm_lanes b, ssm_lanes c) {
  return __builtin_elementwise_fma(a, b, c);
}

/// The square root, NaN below zero.
static inline __attribute__((always_inline)) ssm_lanes ssm_square_root(ssm_lanes a) { return __builtin_elementwise_sqrt(a); }

/// Asks for the 64 bytes around an address that will be read or written soon; any address is allowed.
static inline __attribute__((always_inline)) void ssm_prefetch(const float *address) { __builtin_prefetch(address, 0, 2); }

#endif
