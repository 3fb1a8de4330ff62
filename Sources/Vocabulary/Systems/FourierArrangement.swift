/// Which angles the modes of a damped Fourier layer begin with; `FourierAngles` has the formulas.
///
/// - Source: DFouT (2025), Section 4.3 and Appendix C.6.
package enum FourierArrangement: String, Codable, Sendable, CaseIterable {
  /// The channels shift their grids so that together they hold one even grid (the paper's method).
  case synchronized
  /// Each channel holds the same even grid.
  case single
  /// 2π/n for mode n (S4D-Token).
  case token
  /// Independent, uniform (S4D-RndImag).
  case random
  /// Each channel a contiguous block of the layer's grid (S4D-Batched-DFouT).
  case batched
}
