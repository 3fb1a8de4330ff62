import LinearAlgebra
import RunSupport
import StateSpace
import SystemAnalysis

/// Hankel singular values σⱼ/σ₁ of a layer's systems before training, N = 64, and their ε-ranks.
///
/// They are those of the discrete systems, each with its own Δ, log-uniform as in the experiments on sCIFAR: what `hankel.csv` and
/// `ranks.csv` of a run have before and after training. The values of the continuous systems are others, because a zero-order hold changes
/// them; HOPE's depend on h alone. init1 is random poles, init2 S4D-Lin, init3 S4D-LegS; no source defines the first two, so this is our
/// reading.
///
/// - Source: HOPE (Yu et al., 2025), Figures 2 and 3 at initialisation; ε = 1e-4 is our grid.
struct InitialSpectra: AnalyticResult {
  let name = "hope-initial-spectra"
  let paper = AnalyticPaper.hope
  let title = "HOPE: Hankel singular values of the discrete systems before training, N = 64"

  /// The range of Δ in the experiments on sCIFAR.
  private static let timesteps = 0.001...0.1
  private static let initializations = [Initialization.diagonal(.random), .diagonal(.linear), .diagonal(.legS), .hankel]

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var values = table(columns: ["initialization", "index", "value_10", "value_median", "value_90", "channels"])
    var ranks = table("ranks", columns: ["initialization", "channel", "tolerance", "rank"])
    for initialization in Self.initializations {
      var layer = InitialSystems(initialization)
      layer.width = context.sized(128, tiny: 6)
      layer.timesteps = Self.timesteps
      let spectra = try orderedMap(try layer.systems()) { entry in
        let spectrum = try entry.system.hankelSingularValues(.discrete)
        return spectrum.map { $0 / spectrum[0] }
      }
      for index in spectra[0].indices {
        let band = Quantiles(spectra.map { $0[index] })
        values.append(initialization.rawValue, index + 1, band.low, band.median, band.high, layer.width)
      }
      for (channel, spectrum) in spectra.enumerated() {
        for tolerance in [1e-2, 1e-4] {
          ranks.append(initialization.rawValue, channel, tolerance, HankelSingularValues.rank(spectrum, tolerance: tolerance))
        }
      }
    }
    return [values, ranks]
  }
}
