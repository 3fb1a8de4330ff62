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

  /// The method as ids and tools call it.
  package var methodName: String {
    switch self {
    case .linear: "s4d-lin"
    case .inverse: "s4d-inv"
    case .legS: "s4d-legs"
    case .fourier: "s4d-fout"
    case .random: "random"
    }
  }

  /// What a list of names says of it.
  package var summary: String {
    switch self {
    case .linear: "S4D-Lin"
    case .inverse: "S4D-Inv"
    case .legS: "S4D-LegS with the moduli of HiPPO's input weights, which trained models clip to 2"
    case .fourier: "S4D-FouT with the least damping that a layer stores, 1e-4"
    case .random: "poles uniform in the left half disc of radius π·N/2"
    }
  }
}
