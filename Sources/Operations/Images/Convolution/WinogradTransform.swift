/// The transforms of Winograd's minimal filtering F(4×4, 3×3): a tile of 4×4 outputs, which depends on 6×6 inputs and 3×3 weights, is
/// y = Aᵀ[(G w Gᵀ) ∘ (Bᵀ x B)]A, 36 products of each pair of channels in place of 144. Sixteen channels are transformed at once.
///
/// Polynomials are evaluated at 0, ±¾, ±3/2 and infinity. With the usual points 0, ±1, ±2 rounding errors are three times as large; with these they
/// are within twice those of the plain sum in single precision.
///
/// - Source: Winograd, "Arithmetic Complexity of Computations", 1980; Lavin, Gray, "Fast Algorithms for Convolutional Neural Networks", 2016;
///   on points: Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks", 2020.
enum WinogradTransform {
  /// Outputs of a tile's side.
  static let side = 4
  /// Inputs of a tile's side, and evaluated points of a side.
  static let points = 6
  /// Products of a tile.
  static let products = 36
  /// Floats of scratch memory that each transform needs.
  static let scratchCount = 36 * 16

  /// p², q² and what follows from them; p = ¾ and q = 3/2 are the points.
  private static var p: Float { 0.75 }
  private static var q: Float { 1.5 }
  private static var p2: Float { 0.5625 }
  private static var q2: Float { 2.25 }

  /// Values sixteen channels wide at regular distances.
  struct Place {
    let start: UnsafeMutablePointer<Float>
    let row: Int
    let column: Int
  }

  /// Bᵀ x B: 6×6 pixels to 36 values.
  @inline(always)
  static func input(_ source: Place, to target: Place, scratch: UnsafeMutablePointer<Float>) {
    apply(source, 6, to: target, 6, scratch: scratch) { x, stride, y, distance in
      let (x0, x1, x2) = (VectorMath.load(x), VectorMath.load(x + stride), VectorMath.load(x + 2 &* stride))
      let (x3, x4, x5) = (VectorMath.load(x + 3 &* stride), VectorMath.load(x + 4 &* stride), VectorMath.load(x + 5 &* stride))
      VectorMath.store(fused(x0, p2 * q2, fused(x2, -(p2 + q2), x4)), to: y)
      let (evenP, oddP) = (fused(x2, -q2, x4), fused(x1, -q2, x3) * p)
      VectorMath.store(evenP + oddP, to: y + distance)
      VectorMath.store(evenP - oddP, to: y + 2 &* distance)
      let (evenQ, oddQ) = (fused(x2, -p2, x4), fused(x1, -p2, x3) * q)
      VectorMath.store(evenQ + oddQ, to: y + 3 &* distance)
      VectorMath.store(evenQ - oddQ, to: y + 4 &* distance)
      VectorMath.store(fused(x1, p2 * q2, fused(x3, -(p2 + q2), x5)), to: y + 5 &* distance)
    }
  }

  /// Aᵀ m A: 36 values to 4×4 pixels.
  @inline(always)
  static func output(_ source: Place, to target: Place, scratch: UnsafeMutablePointer<Float>) {
    apply(source, 6, to: target, 4, scratch: scratch) { x, stride, y, distance in
      let (x1, x2) = (VectorMath.load(x + stride), VectorMath.load(x + 2 &* stride))
      let (x3, x4) = (VectorMath.load(x + 3 &* stride), VectorMath.load(x + 4 &* stride))
      let (sumP, differenceP, sumQ, differenceQ) = (x1 + x2, x1 - x2, x3 + x4, x3 - x4)
      VectorMath.store(VectorMath.load(x) + sumP + sumQ, to: y)
      VectorMath.store(fused(differenceP, p, differenceQ * q), to: y + distance)
      VectorMath.store(fused(sumP, p2, sumQ * q2), to: y + 2 &* distance)
      VectorMath.store(
        fused(differenceP, p * p2, fused(differenceQ, q * q2, VectorMath.load(x + 5 &* stride))), to: y + 3 &* distance)
    }
  }

  /// A y Aᵀ: the gradient behind `output`, 4×4 pixels to 36 values.
  @inline(always)
  static func outputGradient(_ source: Place, to target: Place, scratch: UnsafeMutablePointer<Float>) {
    apply(source, 4, to: target, 6, scratch: scratch) { x, stride, y, distance in
      let (x0, x1) = (VectorMath.load(x), VectorMath.load(x + stride))
      let (x2, x3) = (VectorMath.load(x + 2 &* stride), VectorMath.load(x + 3 &* stride))
      VectorMath.store(x0, to: y)
      let (evenP, oddP) = (fused(x2, p2, x0), fused(x3, p * p2, x1 * p))
      VectorMath.store(evenP + oddP, to: y + distance)
      VectorMath.store(evenP - oddP, to: y + 2 &* distance)
      let (evenQ, oddQ) = (fused(x2, q2, x0), fused(x3, q * q2, x1 * q))
      VectorMath.store(evenQ + oddQ, to: y + 3 &* distance)
      VectorMath.store(evenQ - oddQ, to: y + 4 &* distance)
      VectorMath.store(x3, to: y + 5 &* distance)
    }
  }

  /// G w Gᵀ: 3×3 weights to 36 values.
  @inline(always)
  static func weights(_ source: Place, to target: Place, scratch: UnsafeMutablePointer<Float>) {
    apply(source, 3, to: target, 6, scratch: scratch) { x, stride, y, distance in
      let (x0, x1, x2) = (VectorMath.load(x), VectorMath.load(x + stride), VectorMath.load(x + 2 &* stride))
      VectorMath.store(x0 * (1 / (p2 * q2)), to: y)
      let (evenP, oddP) = (fused(x2, p2, x0) * factorP, x1 * (p * factorP))
      VectorMath.store(evenP + oddP, to: y + distance)
      VectorMath.store(evenP - oddP, to: y + 2 &* distance)
      let (evenQ, oddQ) = (fused(x2, q2, x0) * factorQ, x1 * (q * factorQ))
      VectorMath.store(evenQ + oddQ, to: y + 3 &* distance)
      VectorMath.store(evenQ - oddQ, to: y + 4 &* distance)
      VectorMath.store(x2, to: y + 5 &* distance)
    }
  }

  /// Gᵀ u G: the gradient behind `weights`, 36 values to 3×3 weights.
  @inline(always)
  static func weightGradient(_ source: Place, to target: Place, scratch: UnsafeMutablePointer<Float>) {
    apply(source, 6, to: target, 3, scratch: scratch) { x, stride, y, distance in
      let (x1, x2) = (VectorMath.load(x + stride), VectorMath.load(x + 2 &* stride))
      let (x3, x4) = (VectorMath.load(x + 3 &* stride), VectorMath.load(x + 4 &* stride))
      let (sumP, differenceP) = ((x1 + x2) * factorP, (x1 - x2) * (p * factorP))
      let (sumQ, differenceQ) = ((x3 + x4) * factorQ, (x3 - x4) * (q * factorQ))
      VectorMath.store(fused(VectorMath.load(x), 1 / (p2 * q2), sumP + sumQ), to: y)
      VectorMath.store(differenceP + differenceQ, to: y + distance)
      VectorMath.store(fused(sumP, p2, fused(sumQ, q2, VectorMath.load(x + 5 &* stride))), to: y + 2 &* distance)
    }
  }

  /// 1/(2p²(p² − q²)) and 1/(2q²(q² − p²)).
  private static var factorP: Float { 1 / (2 * p2 * (p2 - q2)) }
  private static var factorQ: Float { 1 / (2 * q2 * (q2 - p2)) }

  @inline(always)
  private static func fused(_ a: Lanes, _ b: Float, _ c: Lanes) -> Lanes { VectorMath.multiplyAdd(a, b, c) }

  /// A transform of `inputs` to `outputs` values, given as (values, their distance, target, distance there), along columns and then rows.
  @inline(always)
  private static func apply(
    _ source: Place, _ inputs: Int, to target: Place, _ outputs: Int, scratch: UnsafeMutablePointer<Float>,
    _ transform: (UnsafeMutablePointer<Float>, Int, UnsafeMutablePointer<Float>, Int) -> Void
  ) {
    for column in 0..<inputs { transform(source.start + column &* source.column, source.row, scratch + column &* 16, 96) }
    for row in 0..<outputs { transform(scratch + row &* 96, 16, target.start + row &* target.row, target.column) }
  }
}
