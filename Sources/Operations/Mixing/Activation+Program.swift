import Accelerators

extension Activation {
  static func record(_ program: Program, _ input: Tensor, kind: Kind) -> Tensor { Tensor(kind.value(input.value(in: program))) }

  static func recordBackward(_ program: Program, outputGradient: Tensor, input: Tensor, kind: Kind) -> Tensor {
    Tensor(outputGradient.value(in: program) * kind.slope(input.value(in: program)))
  }
}

extension Activation.Kind {
  /// f(x).
  func value(_ x: Value) -> Value {
    switch self {
    case .gelu: x * x.normalDistribution
    case .tanhGELU: x * (0.5 * (x.tanhArgument.hyperbolicTangent + 1))
    case .elu: x.compared(.greater, 0).choose(x, else: x.exponentialMinusOne)
    case .tanh: x.hyperbolicTangent
    }
  }

  /// f′(x).
  func slope(_ x: Value) -> Value {
    switch self {
    case .gelu: return x.normalDistribution + x * x.normalDensity
    case .tanhGELU:
      let bend = x.tanhArgument.hyperbolicTangent
      let inner = 0.7978845608028654 * (0.134145 * (x * x) + 1)
      return 0.5 * (bend + 1) + 0.5 * (x * ((1 - bend * bend) * inner))
    case .elu: return x.compared(.greater, 0).choose(x.filled(1), else: x.exponential)
    case .tanh:
      let value = x.hyperbolicTangent
      return 1 - value * value
    }
  }
}

extension Value {
  /// Φ(x) = (1 + erf(x / √2)) / 2; 0 or 1 far out, where the error function of a device may stop a rounding short of ±1, which a large x makes
  /// a large error.
  fileprivate var normalDistribution: Value {
    let inner = 0.5 * ((0.5.squareRoot() * self).errorFunction + 1)
    return absolute.compared(.greater, 5.5).choose(0.5 * (sign + 1), else: inner)
  }
  /// Φ′(x).
  fileprivate var normalDensity: Value { 0.3989422804014327 * (-0.5 * (self * self)).exponential }
  /// √(2/π) (x + 0.044715 x³).
  fileprivate var tanhArgument: Value { 0.7978845608028654 * (self + 0.044715 * (self * self * self)) }
}
