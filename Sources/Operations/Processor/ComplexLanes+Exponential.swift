import Foundation

/// Elementary functions of eight numbers at once, with errors of a few roundings: the C library takes them one by one.
extension ComplexLanes {
  /// e^z. Real parts are cut to [−708, 709], where the modulus neither overflows nor loses digits.
  static func exponential(_ z: ComplexLanes) -> ComplexLanes {
    let modulus = exponential(z.real)
    let (sine, cosine) = sineAndCosine(z.imaginary)
    return ComplexLanes(real: modulus * cosine, imaginary: modulus * sine)
  }

  /// eˣ, x cut to [−708, 709].
  ///
  /// x = n ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts, of which the first has 32 bits; eʳ by its Taylor series up to r¹³, whose next
  /// term is below 5e-18.
  static func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let bounded = x.replacing(with: -708, where: x .< -708).replacing(with: 709, where: x .> 709)
    let shifted = bounded * 1.442_695_040_888_963_4 + roundingShift
    let whole = shifted - roundingShift
    let r = (bounded - whole * 0.693_147_180_369_123_8) - whole * 1.908_214_929_270_587_7e-10
    // Even and odd terms apart, so that two chains of operations run at once.
    let square = r * r
    var odd = square * (1 / 6_227_020_800) + 1 / 39_916_800
    var even = square * (1 / 479_001_600) + 1 / 3_628_800
    odd = odd * square + 1 / 362_880
    even = even * square + 1 / 40_320
    odd = odd * square + 1 / 5040
    even = even * square + 1 / 720
    odd = odd * square + 1 / 120
    even = even * square + 1 / 24
    odd = odd * square + 1 / 6
    even = even * square + 1 / 2
    let value = ((odd * r + even) * square + r) + 1
    // n stands in the low bits of `shifted`; added to the exponent's bits it multiplies by 2ⁿ.
    return unsafeBitCast(bits(value) &+ (bits(shifted) &<< 52), to: SIMD8<Double>.self)
  }

  /// sin x and cos x.
  ///
  /// x = n π/2 + r with |r| ≤ π/4, π/2 in three parts, the first two of 33 bits (fdlibm): n times them is exact for |n| < 2²⁰. Taylor series
  /// up to r¹⁵ and r¹⁶, whose next terms are below 5e-17. Larger angles, which no sensible model has, go to the C library.
  static func sineAndCosine(_ x: SIMD8<Double>) -> (sine: SIMD8<Double>, cosine: SIMD8<Double>) {
    if any((x .> 1e6) .| (x .< -1e6)) { return librarySineAndCosine(x) }
    let shifted = x * 0.636_619_772_367_581_34 + roundingShift
    let whole = shifted - roundingShift
    let r =
      ((x - whole * 1.570_796_326_734_125_6) - whole * 6.077_100_506_303_966e-11) - whole * 2.022_266_248_795_950_7e-21
    let square = r * r
    var odd = square * (-1 / 1_307_674_368_000) + 1 / 6_227_020_800
    odd = odd * square - 1 / 39_916_800
    odd = odd * square + 1 / 362_880
    odd = odd * square - 1 / 5040
    odd = odd * square + 1 / 120
    odd = odd * square - 1 / 6
    let sine = r + odd * square * r
    var even = square * (1 / 20_922_789_888_000) - 1 / 87_178_291_200
    even = even * square + 1 / 479_001_600
    even = even * square - 1 / 3_628_800
    even = even * square + 1 / 40_320
    even = even * square - 1 / 720
    even = even * square + 1 / 24
    let cosine = 1 - square * 0.5 + even * square * square
    // n mod 4 is the quadrant: sine and cosine change places in the odd ones, and each is negative in two.
    let quadrant = bits(shifted)
    let isOdd = (quadrant & 1) .== 1
    let sineSign = (quadrant & 2) &<< 62
    let cosineSign = ((quadrant &+ 1) & 2) &<< 62
    return (
      unsafeBitCast(bits(sine.replacing(with: cosine, where: isOdd)) ^ sineSign, to: SIMD8<Double>.self),
      unsafeBitCast(bits(cosine.replacing(with: sine, where: isOdd)) ^ cosineSign, to: SIMD8<Double>.self)
    )
  }

  @inline(never)
  private static func librarySineAndCosine(_ x: SIMD8<Double>) -> (sine: SIMD8<Double>, cosine: SIMD8<Double>) {
    var (sine, cosine) = (x, x)
    for lane in x.indices { (sine[lane], cosine[lane]) = (sin(x[lane]), cos(x[lane])) }
    return (sine, cosine)
  }

  /// Adding 1.5 · 2⁵² rounds to an integer, which then stands in the low bits.
  private static var roundingShift: Double { 6_755_399_441_055_744 }

  @inline(always)
  private static func bits(_ x: SIMD8<Double>) -> SIMD8<Int64> { unsafeBitCast(x, to: SIMD8<Int64>.self) }
}

/// φ(x) = (eˣ − 1)/x and φ′(x), accurate where the textbook forms cancel.
enum ExponentialQuotient {
  /// |x|² below which series are used.
  static let seriesLimit = 1.0 / 64
  /// φ′ in powers of x, the highest first: 1/(k!·(k + 2)) for k = 9 … 0.
  static let slopeSeries: [Double] = [
    1 / 3_991_680, 1 / 403_200, 1 / 45_360, 1 / 5760, 1 / 840, 1 / 144, 1 / 30, 1 / 8, 1 / 3, 1 / 2,
  ]

  /// - Parameter exponential: eˣ.
  ///
  /// The direct forms lose 1/|x| of the value's precision and 1/|x|² of the slope's, so below |x| = 1/8 the slope comes from its series,
  /// φ′ = Σ xᵏ/(k!·(k+2)), of which ten terms leave less than 3e-17, and the value from eˣ = φ + x·φ′, where nothing cancels.
  /// Both ways leave relative errors below 1e-13.
  static func valueAndSlope(_ x: ComplexLanes, exponential: ComplexLanes) -> (value: ComplexLanes, slope: ComplexLanes) {
    let reciprocal = x.reciprocal
    let quotient = (exponential + -1) * reciprocal
    let direct = (exponential - quotient) * reciprocal
    let isSmall = x.squaredLength .< 1 / 64
    guard any(isSmall) else { return (quotient, direct) }
    var series = (1 / 3_991_680) * x + 1 / 403_200
    series = series * x + 1 / 45_360
    series = series * x + 1 / 5760
    series = series * x + 1 / 840
    series = series * x + 1 / 144
    series = series * x + 1 / 30
    series = series * x + 1 / 8
    series = series * x + 1 / 3
    series = series * x + 1 / 2
    return (
      quotient.replacing(with: exponential - x * series, where: isSmall), direct.replacing(with: series, where: isSmall)
    )
  }
}
