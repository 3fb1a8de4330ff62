/// The powers w, w², …, w⁸ of sixteen points w on the unit circle, and sums of many more powers with real coefficients.
///
/// Σ_j h_j·w^(j+1) is taken eight coefficients at a time: Σ_a w^(8a)·Σ_b h_(8a+b)·w^(b+1). A real coefficient then costs two products of
/// vectors, where Horner's rule with a complex w costs four. Coefficients stand in whole blocks of eight, zeros at the end.
struct CirclePowers {
  static let blockSize = 8

  /// w^(b+1) at place b.
  private var real: InlineArray<8, Lanes>
  private var imaginary: InlineArray<8, Lanes>

  /// - Parameter sine: that of the angle θ of w = e^(−iθ).
  @inline(always)
  init(cosine: Lanes, sine: Lanes) {
    real = InlineArray(repeating: cosine)
    imaginary = InlineArray(repeating: -sine)
    // w^(a+c) from w^a and w^c of about half of it, so that neither errors nor waiting times grow with the power.
    for place in 1..<Self.blockSize {
      let (a, c) = ((place &- 1) / 2, place / 2)
      real[place] = VectorMath.multiplyAdd(-imaginary[a], imaginary[c], real[a] * real[c])
      imaginary[place] = VectorMath.multiplyAdd(imaginary[a], real[c], real[a] * imaginary[c])
    }
  }

  /// Σ_j h_j·w^(j+1) at every point.
  @inline(always)
  func sum(_ coefficients: UnsafePointer<Float>, blockCount: Int) -> (real: Lanes, imaginary: Lanes) {
    var (sumReal, sumImaginary) = (Lanes.zero, Lanes.zero)
    var block = blockCount
    while block > 0 {
      block &-= 1
      let h = coefficients + Self.blockSize &* block
      var (innerReal, innerImaginary) = (real[0] * h[0], imaginary[0] * h[0])
      for place in 1..<Self.blockSize {
        innerReal = VectorMath.multiplyAdd(real[place], h[place], innerReal)
        innerImaginary = VectorMath.multiplyAdd(imaginary[place], h[place], innerImaginary)
      }
      innerReal = VectorMath.multiplyAdd(sumReal, real[7], innerReal)
      innerImaginary = VectorMath.multiplyAdd(sumReal, imaginary[7], innerImaginary)
      sumReal = VectorMath.multiplyAdd(-sumImaginary, imaginary[7], innerReal)
      sumImaginary = VectorMath.multiplyAdd(sumImaginary, real[7], innerImaginary)
    }
    return (sumReal, sumImaginary)
  }

  /// The adjoint: adds Re(conj(U)·w^(j+1)) of each point to the sixteen sums of h_j.
  @inline(always)
  func accumulate(
    real upstreamReal: Lanes, imaginary upstreamImaginary: Lanes, to sums: UnsafeMutablePointer<Float>, blockCount: Int
  ) {
    // U·conj(w^(8a)).
    var (turnedReal, turnedImaginary) = (upstreamReal, upstreamImaginary)
    var block = 0
    while block < blockCount {
      let places = sums + 16 &* Self.blockSize &* block
      for place in 0..<Self.blockSize {
        let sum = VectorMath.multiplyAdd(turnedReal, real[place], VectorMath.load(places + 16 &* place))
        VectorMath.store(VectorMath.multiplyAdd(turnedImaginary, imaginary[place], sum), to: places + 16 &* place)
      }
      (turnedReal, turnedImaginary) = (
        VectorMath.multiplyAdd(turnedImaginary, imaginary[7], turnedReal * real[7]),
        VectorMath.multiplyAdd(-turnedReal, imaginary[7], turnedImaginary * real[7])
      )
      block &+= 1
    }
  }
}
