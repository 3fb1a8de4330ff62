/// Pointwise functions of layers with their slopes, sixteen values at a time.
extension VectorMath {
  /// ELU: x where it is positive, else eˣ − 1.
  @inline(always)
  static func elu(_ x: Lanes) -> Lanes { x.replacing(with: exponentialMinusOne(x), where: x .<= 0) }

  /// d ELU / dx.
  @inline(always)
  static func eluDerivative(_ x: Lanes) -> Lanes {
    // A comparison with NaN is false, so that NaN must come from x.
    (x * 0 + 1).replacing(with: exponential(x), where: x .<= 0)
  }

  /// GELU with the hyperbolic tangent in place of the error function: x (1 + tanh u) / 2 = x σ(2u), u = √(2/π) (x + 0.044715 x³).
  @inline(always)
  static func tanhGELU(_ x: Lanes) -> Lanes { x * sigmoid(tanhGELUArgument(x).value) }

  /// d tanhGELU / dx = σ + x σ (1 − σ) · 2u′.
  @inline(always)
  static func tanhGELUDerivative(_ x: Lanes) -> Lanes {
    let (argument, slope) = tanhGELUArgument(x)
    let gate = sigmoid(argument)
    return multiplyAdd(x * slope, gate * (1 - gate), gate)
  }

  /// 2u and 2u′; beyond |x| = 10, where σ is 0 or 1 in a float, those of ±10, so that nothing overflows.
  @inline(always)
  private static func tanhGELUArgument(_ x: Lanes) -> (value: Lanes, slope: Lanes) {
    let bounded = x.replacing(with: -10, where: x .< -10).replacing(with: 10, where: x .> 10)
    let square = bounded * bounded
    return (bounded * multiplyAdd(square, 0.071_354_814, 1.595_769_1), multiplyAdd(square, 0.214_064_44, 1.595_769_1))
  }

  /// tanh x with relative error below 4e-7: −t / (t + 2) with t = e^(−2|x|) − 1, and the sign of x.
  @inline(always)
  static func hyperbolicTangent(_ x: Lanes) -> Lanes {
    let t = exponentialMinusOne(magnitude(x) * -2)
    let value = -t / (t + 2)
    return value.replacing(with: -value, where: x .< 0)
  }

  /// d tanh / dx = 1 − tanh² x.
  @inline(always)
  static func hyperbolicTangentDerivative(_ x: Lanes) -> Lanes {
    let value = hyperbolicTangent(x)
    return multiplyAdd(-value, value, 1)
  }
}
