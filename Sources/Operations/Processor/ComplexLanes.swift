import CProcessor

/// Eight complex numbers side by side in double precision.
///
/// Products are written out without the corrections for infinite factors that a complex number type makes: NaN stays NaN, and an
/// infinite factor may give NaN.
struct ComplexLanes {
  static let count = 8

  var real: SIMD8<Double>
  var imaginary: SIMD8<Double>

  @inline(always)
  init(real: SIMD8<Double>, imaginary: SIMD8<Double>) {
    self.real = real
    self.imaginary = imaginary
  }

  /// One real number in every lane.
  @inline(always)
  init(_ real: Double) { self.init(real: SIMD8(repeating: real), imaginary: .zero) }

  /// Eight real parts, then eight imaginary parts.
  @inline(always)
  init(_ parts: Lanes) { self.init(real: ssm_widened(parts.lowHalf), imaginary: ssm_widened(parts.highHalf)) }

  /// Real and imaginary parts by turns.
  @inline(always)
  init(interleaved: Lanes) {
    self.init(real: ssm_widened(ssm_real_parts(interleaved)), imaginary: ssm_widened(ssm_imaginary_parts(interleaved)))
  }

  @inline(always)
  static var zero: ComplexLanes { ComplexLanes(real: .zero, imaginary: .zero) }

  /// Rounded to float: eight real parts, then eight imaginary parts.
  @inline(always)
  var rounded: Lanes { Lanes(lowHalf: ssm_narrowed(real), highHalf: ssm_narrowed(imaginary)) }

  /// Rounded to float: real and imaginary parts by turns.
  @inline(always)
  var roundedInterleaved: Lanes { ssm_interleaved(ssm_narrowed(real), ssm_narrowed(imaginary)) }

  @inline(always)
  var conjugate: ComplexLanes { ComplexLanes(real: real, imaginary: -imaginary) }

  /// |z|²
  @inline(always)
  var squaredLength: SIMD8<Double> { real * real + imaginary * imaginary }

  /// 1/z where |z|² neither overflows nor underflows.
  @inline(always)
  var reciprocal: ComplexLanes {
    let scale = 1 / squaredLength
    return ComplexLanes(real: real * scale, imaginary: -imaginary * scale)
  }

  @inline(always)
  func replacing(with other: ComplexLanes, where mask: SIMDMask<SIMD8<Int64>>) -> ComplexLanes {
    ComplexLanes(real: real.replacing(with: other.real, where: mask), imaginary: imaginary.replacing(with: other.imaginary, where: mask))
  }

  @inline(always)
  static func + (left: ComplexLanes, right: ComplexLanes) -> ComplexLanes {
    ComplexLanes(real: left.real + right.real, imaginary: left.imaginary + right.imaginary)
  }

  @inline(always)
  static func + (left: ComplexLanes, right: Double) -> ComplexLanes {
    ComplexLanes(real: left.real + right, imaginary: left.imaginary)
  }

  @inline(always)
  static func += (left: inout ComplexLanes, right: ComplexLanes) { left = left + right }

  @inline(always)
  static func - (left: ComplexLanes, right: ComplexLanes) -> ComplexLanes {
    ComplexLanes(real: left.real - right.real, imaginary: left.imaginary - right.imaginary)
  }

  @inline(always)
  static func * (left: ComplexLanes, right: ComplexLanes) -> ComplexLanes {
    ComplexLanes(
      real: left.real * right.real - left.imaginary * right.imaginary,
      imaginary: left.real * right.imaginary + left.imaginary * right.real)
  }

  @inline(always)
  static func * (left: Double, right: ComplexLanes) -> ComplexLanes {
    ComplexLanes(real: left * right.real, imaginary: left * right.imaginary)
  }
}
