/// Rows of complex numbers in float whose imaginary parts lie a fixed distance behind the real ones.
struct ComplexRows {
  let count: Int
  /// From a real part to its imaginary part.
  let imaginaryOffset: Int

  /// target += factor · source.
  @inline(always)
  func addProduct(
    _ source: UnsafePointer<Float>, _ factor: (real: Float, imaginary: Float), to target: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index < count {
      let (rest, other) = (count &- index, imaginaryOffset &+ index)
      let (x, y) = (VectorMath.load(source + index, count: rest), VectorMath.load(source + other, count: rest))
      let u = VectorMath.multiplyAdd(y, -factor.imaginary, VectorMath.load(target + index, count: rest))
      let v = VectorMath.multiplyAdd(y, factor.real, VectorMath.load(target + other, count: rest))
      VectorMath.store(VectorMath.multiplyAdd(x, factor.real, u), to: target + index, count: rest)
      VectorMath.store(VectorMath.multiplyAdd(x, factor.imaginary, v), to: target + other, count: rest)
      index &+= 16
    }
  }

  /// Σ conj(first) · second, real and imaginary part, added up in double precision in an order that depends on `count` alone.
  @inline(always)
  func conjugateProduct(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> SIMD2<Double> {
    var (reals, imaginaries) = (DoubleLanes.zero, DoubleLanes.zero)
    var index = 0
    while index < count {
      let (rest, other) = (count &- index, imaginaryOffset &+ index)
      // Behind the rows all is zero.
      let (x, y) = (VectorMath.load(first + index, count: rest), VectorMath.load(first + other, count: rest))
      let (u, v) = (VectorMath.load(second + index, count: rest), VectorMath.load(second + other, count: rest))
      reals += DoubleLanes(VectorMath.multiplyAdd(y, v, x * u))
      imaginaries += DoubleLanes(VectorMath.multiplyAdd(x, v, -(y * u)))
      index &+= 16
    }
    return SIMD2(reals.total, imaginaries.total)
  }
}
