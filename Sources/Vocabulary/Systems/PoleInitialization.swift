/// Where the poles of a continuous diagonal system start; `InitialPoles` has the formulas.
package enum PoleInitialization: String, Codable, Sendable, CaseIterable {
  /// S4D-Lin.
  case linear
  /// S4D-Inv.
  case inverse
  /// S4D-LegS.
  case legS
  /// S4D-FouT; the damped Fourier modes of DFouT are another kind of layer.
  case fourier
  /// Uniform in the left half disc as far as S4D-Lin reaches (HOPE Figures 2 and 3).
  case random

  /// Each system draws its own poles; else all begin with the same ones.
  package var isDrawn: Bool { self == .random }
}
