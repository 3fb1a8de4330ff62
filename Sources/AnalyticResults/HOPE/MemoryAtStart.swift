import LinearAlgebra
import RunSupport
import SystemAnalysis

/// |y(t)| after an impulse, t ∈ [0, 64] in steps of Δ = 0.1: HOPE with random h stays, S4D-Lin decays.
///
/// - Source: HOPE (Yu et al., 2025), experiment on noisy sequences, at initialisation.
struct MemoryAtStart: AnalyticResult {
  let name = "hope-impulse-response"
  let paper = AnalyticPaper.hope
  let title = "HOPE: impulse responses before training, Δ = 0.1"

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(columns: ["system", "time", "magnitude_10", "magnitude_median", "magnitude_90", "channels"])
    for initialization in [Initialization.hankel, .diagonal(.linear)] {
      var layer = InitialSystems(initialization)
      layer.width = context.sized(64, tiny: 16)
      layer.timesteps = 0.1...0.1
      // Twice the lags that are shown: HOPE's response is circular.
      let responses = try orderedMap(try layer.systems()) { try $0.system.impulseResponse(length: 2048).values }
      for step in 0...640 {
        let band = Quantiles(responses.map { abs($0[step]) })
        table.append(initialization.rawValue, Double(step) / 10, band.low, band.median, band.high, layer.width)
      }
    }
    return [table]
  }
}
