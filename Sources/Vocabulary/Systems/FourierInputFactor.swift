/// How the input enters a damped Fourier mode λ̄ = exp(−ξ/2 + iΩ).
package enum FourierInputFactor: String, Codable, Sendable, CaseIterable {
  /// B̄ = ξ·(λ̄ − 1)/log λ̄, a zero-order hold with step ξ, which has the gain of S4D.
  case zeroOrderHold
  /// B̄ = 1, as the text says.
  case unit
}
