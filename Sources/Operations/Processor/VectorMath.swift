import CProcessor

/// Sixteen floats side by side: the unit in which the element-wise operations work.
typealias Lanes = SIMD16<Float>

/// Elementary functions and loops over rows, sixteen values at a time.
///
/// Every function treats each lane alone and rounds the same on every processor (the only fused multiplications are the explicit ones), so
/// a value does not depend on its place in the row. NaN stays NaN.
///
/// The polynomials were fitted for this project: minimax fits by iteratively reweighted least squares (Lawson) in double precision over a
/// Chebyshev grid of 4 000 to 8 000 points, rounded to float and checked by evaluating them in float arithmetic against double references.
enum VectorMath {
  // MARK: Arithmetic

  /// a · b + c with one rounding. (`addingProduct` of a vector is compiled lane by lane, which costs up to a half of the speed.)
  @inline(always)
  static func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { ssm_multiply_add(a, b, c) }

  @inline(always)
  static func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Float) -> Lanes { ssm_multiply_add(a, b, Lanes(repeating: c)) }

  @inline(always)
  static func multiplyAdd(_ a: Lanes, _ b: Float, _ c: Lanes) -> Lanes { ssm_multiply_add(a, Lanes(repeating: b), c) }

  @inline(always)
  static func multiplyAdd(_ a: Lanes, _ b: Float, _ c: Float) -> Lanes {
    ssm_multiply_add(a, Lanes(repeating: b), Lanes(repeating: c))
  }

  @inline(always)
  static func squareRoot(_ x: Lanes) -> Lanes { ssm_square_root(x) }

  // MARK: Elementary functions

  /// eˣ with relative error below 1e-7; arguments are cut to [-87.3, 88.3], so the result is finite and positive.
  @inline(always)
  static func exponential(_ x: Lanes) -> Lanes {
    let (value, exponent) = exponentialParts(x)
    return unsafeBitCast(unsafeBitCast(value + 1, to: SIMD16<Int32>.self) &+ exponent, to: Lanes.self)
  }

  /// eˣ − 1 with relative error below 2e-7 for x ≤ 0, also where x is small: 2ⁿ (eʳ − 1) + (2ⁿ − 1).
  @inline(always)
  static func exponentialMinusOne(_ x: Lanes) -> Lanes {
    let (value, exponent) = exponentialParts(x)
    let power = unsafeBitCast(unsafeBitCast(Lanes(repeating: 1), to: SIMD16<Int32>.self) &+ exponent, to: Lanes.self)
    return multiplyAdd(value, power, power - 1)
  }

  /// eʳ − 1, and n where a float's exponent stands, for eˣ = 2ⁿ eʳ.
  ///
  /// x = n ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts; eʳ = 1 + r + r² P₄(r), fitted with relative error 3.1e-9.
  @inline(always)
  private static func exponentialParts(_ x: Lanes) -> (value: Lanes, exponent: SIMD16<Int32>) {
    let bounded = x.replacing(with: -87.3, where: x .< -87.3).replacing(with: 88.3, where: x .> 88.3)
    // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
    let shifted = multiplyAdd(bounded, 1.442_695_04, 12_582_912)
    let whole = shifted - 12_582_912
    let rest = multiplyAdd(whole, 2.121_944_4e-4, multiplyAdd(whole, -0.693_359_375, bounded))
    var series = multiplyAdd(rest, 0.001_381_459_9, 0.008_368_717)
    series = multiplyAdd(series, rest, 0.041_668_39)
    series = multiplyAdd(series, rest, 0.166_665_21)
    series = multiplyAdd(series, rest, 0.499_999_94)
    return (multiplyAdd(series * rest, rest, rest), unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23)
  }

  /// σ(x) = 1 / (1 + e⁻ˣ).
  @inline(always)
  static func sigmoid(_ x: Lanes) -> Lanes { 1 / (1 + exponential(-x)) }

  /// The normal distribution's tail Φ(-|x|) with absolute error below 6e-8, and e^(-x²/2), which the tail needs anyway.
  ///
  /// Φ(-u) = e^(-u²/2) S(d), d = p u / (1 + p u), p = 3/8: S is 1/2 plus a polynomial in d, fitted for u in [0, 13] with the error of
  /// max(1, u) Φ(-u) in mind (4.8e-9). Valid for |x| < 1e37; infinity gives NaN.
  @inline(always)
  static func normalTail(_ x: Lanes) -> (tail: Lanes, bell: Lanes) {
    let scaled = magnitude(x) * 0.375
    let d = scaled / (1 + scaled)
    let bell = exponential(x * x * -0.5)
    var series = multiplyAdd(d, 0.056_375_552, -0.043_314_73)
    series = multiplyAdd(series, d, -0.130_932_02)
    series = multiplyAdd(series, d, -0.030_570_794)
    series = multiplyAdd(series, d, 0.713_967_4)
    series = multiplyAdd(series, d, -1.063_846_8)
    series = multiplyAdd(series, d, 0.5)
    return (series * bell, bell)
  }

  /// GELU in its exact form, x Φ(x) = max(x, 0) - |x| Φ(-|x|), with absolute error below 1e-7 · max(1, |x|).
  @inline(always)
  static func gelu(_ x: Lanes) -> Lanes {
    multiplyAdd(-magnitude(x), normalTail(x).tail, x.replacing(with: 0, where: x .< 0))
  }

  /// d GELU / dx = Φ(x) + x φ(x), φ(x) = e^(-x²/2) / √(2π).
  @inline(always)
  static func geluDerivative(_ x: Lanes) -> Lanes {
    let (tail, bell) = normalTail(x)
    let distribution = (1 - tail).replacing(with: tail, where: x .< 0)
    return multiplyAdd(x * 0.398_942_28, bell, distribution)
  }

  /// GELU and its derivative, the same bits as the two alone.
  @inline(always)
  static func geluWithDerivative(_ x: Lanes) -> (value: Lanes, derivative: Lanes) {
    let (tail, bell) = normalTail(x)
    let distribution = (1 - tail).replacing(with: tail, where: x .< 0)
    return (
      multiplyAdd(-magnitude(x), tail, x.replacing(with: 0, where: x .< 0)), multiplyAdd(x * 0.398_942_28, bell, distribution)
    )
  }

  /// |x|.
  @inline(always)
  static func magnitude(_ x: Lanes) -> Lanes {
    unsafeBitCast(unsafeBitCast(x, to: SIMD16<UInt32>.self) & 0x7FFF_FFFF, to: Lanes.self)
  }

  // MARK: Memory

  /// Sixteen values from any address.
  @inline(always)
  static func load(_ source: UnsafePointer<Float>) -> Lanes { UnsafeRawPointer(source).loadUnaligned(as: Lanes.self) }

  /// Sixteen values or, where `count` is less, that many and then zeros.
  @inline(always)
  static func load(_ source: UnsafePointer<Float>, count: Int) -> Lanes {
    if count >= 16 { return load(source) }
    var lanes = Lanes.zero
    withUnsafeMutableBytes(of: &lanes) { $0.baseAddress!.copyMemory(from: source, byteCount: count &<< 2) }
    return lanes
  }

  @inline(always)
  static func store(_ lanes: Lanes, to target: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(target).storeBytes(of: lanes, as: Lanes.self)
  }

  /// Writes sixteen lanes or, where `count` is less, the first `count`.
  @inline(always)
  static func store(_ lanes: Lanes, to target: UnsafeMutablePointer<Float>, count: Int) {
    if count >= 16 { return store(lanes, to: target) }
    withUnsafeBytes(of: lanes) { UnsafeMutableRawPointer(target).copyMemory(from: $0.baseAddress!, byteCount: count &<< 2) }
  }

  /// Asks for a row that will be read soon. The processor does so by itself in long rows, but pieces of rows end before it has noticed.
  @inline(always)
  static func prefetch(_ row: UnsafePointer<Float>, count: Int) {
    var index = 0
    while index < count {
      ssm_prefetch(row + index)
      index &+= 16
    }
  }

  // MARK: Rows

  /// output[i] = transform(input[i]) for 0 ..< count; `output` may be `input`.
  ///
  /// A partial vector at the end is padded with zeros, so that it is treated as all others. One call site keeps `transform` inlined.
  @inline(always)
  static func map(
    _ input: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, count: Int, _ transform: (Lanes) -> Lanes
  ) {
    var index = 0
    while index < count {
      let rest = count &- index
      store(transform(load(input + index, count: rest)), to: output + index, count: rest)
      index &+= 16
    }
  }

  /// output[i] = transform(first[i], second[i]) for 0 ..< count; `output` may be either input.
  @inline(always)
  static func map(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, count: Int,
    _ transform: (Lanes, Lanes) -> Lanes
  ) {
    var index = 0
    while index < count {
      let rest = count &- index
      store(transform(load(first + index, count: rest), load(second + index, count: rest)), to: output + index, count: rest)
      index &+= 16
    }
  }
}
