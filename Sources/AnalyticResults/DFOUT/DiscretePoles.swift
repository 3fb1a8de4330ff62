import ComplexModule
import StateSpace
import SystemAnalysis

/// Discrete poles of three initialisations at three scales: Δ moves the angles of S4D-Lin and S4D-Inv, ξ leaves those of S4D-DFouT alone.
///
/// - Source: DFOUT, Figure 3: N = 32, Δ or ξ of 0.001, 0.025 and 0.1. Of each conjugate pair the pole whose frequency is positive.
struct DiscretePoles: AnalyticResult {
  let name = "dfout-figure-3"
  let paper = AnalyticPaper.dfout
  let title = "DFOUT, Figure 3: discrete poles, N = 32"

  static let stateSize = 32
  static let scales = [0.001, 0.025, 0.1]
  static let initializations = [Initialization.diagonal(.linear), .diagonal(.inverse), .dampedFourier(.synchronized)]

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var poles = table(columns: ["initialization", "scale", "mode", "real", "imaginary", "modulus", "angle_radians", "aliased"])
    var coverage = table(
      "coverage", columns: ["initialization", "scale", "largest_angle_radians", "widest_gap_radians", "modulus", "aliased_modes"])
    for initialization in Self.initializations {
      for scale in Self.scales {
        let modes = try Self.modes(initialization, scale: scale)
        for (index, mode) in modes.enumerated() {
          poles.append(
            initialization.rawValue, scale, index, mode.pole.real, mode.pole.imaginary, mode.pole.length, mode.pole.phase, mode.isAliased)
        }
        let angles = modes.map { abs($0.pole.phase) }.sorted()
        let gaps = zip([0] + angles, angles + [.pi]).map { $1 - $0 }
        coverage.append(
          initialization.rawValue, scale, angles.last ?? 0, gaps.max() ?? 0, modes.map(\.pole.length).max() ?? 0,
          modes.filter(\.isAliased).count)
      }
    }
    return [poles, coverage]
  }

  /// Discrete poles with frequencies of 0 and more, in the order of their modes.
  private static func modes(_ initialization: Initialization, scale: Double) throws -> [(pole: Complex<Double>, isAliased: Bool)] {
    var systems = InitialSystems(initialization)
    systems.stateSize = stateSize
    systems.timesteps = scale...scale
    return try systems.systems()[0].system.systemPoles().map { pole in
      ((pole.angle ?? 0) < 0 ? pole.discrete.conjugate : pole.discrete, pole.isAliased)
    }
  }
}
