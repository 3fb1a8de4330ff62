import Foundation

/// Pointwise functions of layers in Double, and their derivatives.
package enum ReferenceActivation {
  /// GELU: x·Φ(x).
  package static func gelu(_ x: Double) -> Double { x * normalDistribution(x) }

  /// The derivative of GELU.
  package static func geluSlope(_ x: Double) -> Double {
    normalDistribution(x) + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  /// The normal distribution Φ, by the error function of the C library.
  package static func normalDistribution(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// GELU with the hyperbolic tangent.
  package static func tanhGELU(_ x: Double) -> Double { x * (1 + tanh(tanhArgument(x))) / 2 }

  package static func tanhGELUSlope(_ x: Double) -> Double {
    let t = tanh(tanhArgument(x))
    return (1 + t) / 2 + x * (1 - t * t) / 2 * (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
  }

  private static func tanhArgument(_ x: Double) -> Double { (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x) }

  package static func elu(_ x: Double) -> Double { x > 0 ? x : expm1(x) }

  package static func eluSlope(_ x: Double) -> Double { x > 0 ? 1 : exp(x) }

  package static func tanhSlope(_ x: Double) -> Double { 1 - tanh(x) * tanh(x) }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// The gate a·σ(b) for the halves a and b of the channels of x [B, 2·half, L], where `half` counts the values of one sample, H·L.
  package static func gate(_ values: [Double], half: Int) -> [Double] {
    halves(values.count / 2, half).map { values[$0] * sigmoid(values[$1]) }
  }

  /// The gradient of `gate`, shaped as its argument.
  package static func gateGradient(_ outputGradient: [Double], _ values: [Double], half: Int) -> [Double] {
    var result = values.map { _ in 0.0 }
    for (slope, (value, control)) in zip(outputGradient, halves(values.count / 2, half)) {
      let gate = sigmoid(values[control])
      result[value] = slope * gate
      result[control] = slope * values[value] * gate * (1 - gate)
    }
    return result
  }

  /// Where a and b lie for every output.
  private static func halves(_ count: Int, _ half: Int) -> [(Int, Int)] {
    (0..<count).map { index in
      let value = index / half * 2 * half + index % half
      return (value, value + half)
    }
  }
}
