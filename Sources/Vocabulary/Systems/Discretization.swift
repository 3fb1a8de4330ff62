/// How a continuous system becomes a discrete one; the formulas are in `StateSpace` and `Operations`.
package enum Discretization: String, Codable, Sendable, CaseIterable {
  /// The input is constant over a step: λ̄ = exp(Δλ).
  case zeroOrderHold
  /// The bilinear (Tustin) map: λ̄ = (1 + Δλ/2) / (1 − Δλ/2).
  case bilinear
}
