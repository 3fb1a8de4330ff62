/// How the input enters a damped Fourier mode λ̄ = exp(−ξ/2 + iΩ) with the input weight B.
///
/// - Source: the text of DFouT is silent; the hold is our reading of it, the unit its formula to the letter.
package enum FourierInputFactor: String, Codable, Sendable, CaseIterable {
  /// B̄ = B·ξ·(λ̄ − 1)/log λ̄, a zero-order hold with step ξ, which has the gain of S4D.
  case zeroOrderHold
  /// B̄ = B: a kernel 1/ξ times as large, about 1,000 times at ξ = 0.001.
  case unit
}
