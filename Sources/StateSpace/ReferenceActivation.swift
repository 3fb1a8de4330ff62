import Foundation

/// Pointwise functions of reference layers, and their derivatives.
package enum ReferenceActivation {
  /// GELU: x·Φ(x) with the normal distribution Φ.
  package static func gelu(_ x: Double) -> Double { 0.5 * x * (1 + erf(x * 0.5.squareRoot())) }

  package static func geluSlope(_ x: Double) -> Double {
    0.5 * (1 + erf(x * 0.5.squareRoot())) + x * exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// a·σ(b) for the halves a and b of the channels of x [B, 2·half, L], where `half` counts the values of one sample, H·L.
  static func gate(_ values: [Double], half: Int) -> [Double] {
    halves(values.count / 2, half).map { values[$0] * sigmoid(values[$1]) }
  }

  static func gateGradient(_ outputGradient: [Double], _ values: [Double], half: Int) -> [Double] {
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
