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
  // MARK: Elementary functions

  /// eˣ with relative error below 1e-7; arguments are cut to [-87.3, 88.3], so the result is finite and positive.
  ///
  /// x = n ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts; eʳ = 1 + r + r² P₄(r), fitted with relative error 3.1e-9.
  @inline(always)
  static func exponential(_ x: Lanes) -> Lanes {
    let bounded = x.replacing(with: -87.3, where: x .< -87.3).replacing(with: 88.3, where: x .> 88.3)
    // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
    let shifted = Lanes(repeating: 12_582_912).addingProduct(bounded, 1.442_695_04)
    let whole = shifted - 12_582_912
    let rest = bounded.addingProduct(whole, -0.693_359_375).addingProduct(whole, 2.121_944_4e-4)
    var series = Lanes(repeating: 0.041_668_39).addingProduct(
      Lanes(repeating: 0.008_368_717).addingProduct(rest, 0.001_381_459_9), rest)
    series = Lanes(repeating: 0.166_665_21).addingProduct(series, rest)
    series = Lanes(repeating: 0.499_999_94).addingProduct(series, rest)
    let value = rest.addingProduct(series * rest, rest) + 1
    let exponent = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23
    return unsafeBitCast(unsafeBitCast(value, to: SIMD16<Int32>.self) &+ exponent, to: Lanes.self)
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
    var series = Lanes(repeating: -0.043_314_73).addingProduct(d, 0.056_375_552)
    series = Lanes(repeating: -0.130_932_02).addingProduct(series, d)
    series = Lanes(repeating: -0.030_570_794).addingProduct(series, d)
    series = Lanes(repeating: 0.713_967_4).addingProduct(series, d)
    series = Lanes(repeating: -1.063_846_8).addingProduct(series, d)
    series = Lanes(repeating: 0.5).addingProduct(series, d)
    return (series * bell, bell)
  }

  /// erf(x) = ±(1 - 2 Φ(-√2 |x|)) with absolute error below 3e-7.
  @inline(always)
  static func errorFunction(_ x: Lanes) -> Lanes {
    let value = Lanes(repeating: 1).addingProduct(normalTail(x * 1.414_213_56).tail, -2)
    return value.replacing(with: -value, where: x .< 0)
  }

  /// GELU in its exact form, x Φ(x) = max(x, 0) - |x| Φ(-|x|), with absolute error below 1e-7 · max(1, |x|).
  @inline(always)
  static func gelu(_ x: Lanes) -> Lanes {
    x.replacing(with: 0, where: x .< 0).addingProduct(-magnitude(x), normalTail(x).tail)
  }

  /// d GELU / dx = Φ(x) + x φ(x), φ(x) = e^(-x²/2) / √(2π).
  @inline(always)
  static func geluDerivative(_ x: Lanes) -> Lanes {
    let (tail, bell) = normalTail(x)
    let distribution = (1 - tail).replacing(with: tail, where: x .< 0)
    return distribution.addingProduct(x * 0.398_942_28, bell)
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
