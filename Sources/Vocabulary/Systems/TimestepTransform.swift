import Foundation

/// How a positive number such as the time step Δ is stored, so that training may move it freely.
package enum TimestepTransform: String, Codable, Sendable, CaseIterable {
  /// log Δ.
  case log
  /// The inverse softplus of Δ, log(exp(Δ) − 1).
  case softplus

  package func stored(_ value: Double) -> Double {
    switch self {
    case .log: Foundation.log(value)
    case .softplus: value + Foundation.log(-expm1(-value))
    }
  }

  package func value(_ stored: Double) -> Double {
    switch self {
    case .log: exp(stored)
    case .softplus: max(stored, 0) + log1p(exp(-abs(stored)))
    }
  }

  /// dΔ/d(stored number).
  package func slope(_ stored: Double) -> Double {
    switch self {
    case .log: exp(stored)
    case .softplus: 1 / (1 + exp(-stored))
    }
  }
}
