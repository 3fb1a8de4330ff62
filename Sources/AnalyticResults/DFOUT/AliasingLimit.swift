import StateSpace
import SystemAnalysis

/// Lemma 1: the zero-order hold maps frequencies to angles one to one exactly where |Δ·Im λ| < π; beyond, modes fold back.
///
/// - Source: DFOUT, Lemma 1. Here for the N/2 = 32 stored modes of S4D-Lin, -Inv and -LegS, over the range of Δ that models begin with, and
///   for S4D-DFouT, whose angles do not depend on ξ.
struct AliasingLimit: AnalyticResult {
  let name = "dfout-lemma-1"
  let paper = AnalyticPaper.dfout
  let title = "DFOUT, Lemma 1: which modes sampling folds back, N = 64"

  private static let stateSize = 64
  private static let initializations = [
    Initialization.diagonal(.linear), .diagonal(.inverse), .diagonal(.legS), .dampedFourier(.synchronized),
  ]

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var modes = table(
      columns: ["initialization", "timestep", "mode", "angle_radians_per_step", "discrete_angle_radians", "aliased"])
    var counts = table("counts", columns: ["initialization", "timestep", "aliased_modes", "aliased_percent", "lemma_modes"])
    for initialization in Self.initializations {
      for timestep in [0.02, 0.05, 0.1] where initialization != .dampedFourier(.synchronized) {
        for (mode, pole) in try Self.poles(initialization, timestep).enumerated() {
          // Stored frequencies are negative; their conjugates tell the same.
          modes.append(
            initialization.rawValue, timestep, mode, abs(pole.angle ?? 0),
            (pole.angle ?? 0) < 0 ? -pole.discrete.phase : pole.discrete.phase,
            pole.isAliased)
        }
      }
      for timestep in FrequencyGrid.logarithmic(0.0007...0.7, pointCount: context.sized(241, tiny: 31)) {
        let poles = try Self.poles(initialization, timestep)
        // Folding seen in the discrete poles themselves, beside the lemma's condition.
        let folded = poles.filter { pole in
          guard let angle = pole.angle else { return false }
          return abs(pole.discrete.phase - angle) > 1e-6
        }.count
        counts.append(
          initialization.rawValue, timestep, folded, 100 * Double(folded) / Double(poles.count), poles.filter(\.isAliased).count)
      }
    }
    return [modes, counts]
  }

  private static func poles(_ initialization: Initialization, _ timestep: Double) throws -> [SystemPole] {
    var systems = InitialSystems(initialization)
    systems.stateSize = stateSize
    systems.timesteps = timestep...timestep
    return try systems.systems()[0].system.systemPoles()
  }
}
