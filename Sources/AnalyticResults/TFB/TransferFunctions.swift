import LinearAlgebra
import RunSupport

/// |G(is)| of S4D-Lin at three α: where a system can respond at all, before training.
///
/// - Source: TFB, Section 3 and the tuning of Section 4 by α; no source gives the figure's numbers, so the sizes are ours.
struct TransferFunctions: AnalyticResult {
  let name = "tfb-transfer-functions"
  let paper = AnalyticPaper.tfb
  let title = "TFB: transfer functions of S4D-Lin, 32 conjugate pairs, random C"

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(columns: ["alpha", "frequency_radians_per_time", "magnitude_10", "magnitude_median", "magnitude_90", "draws"])
    let frequencies = TunedSystems.frequencies(context)
    let count = TunedSystems.drawCount(context)
    for scale in TunedSystems.scales {
      let systems = try TunedSystems.systems(scale: scale, count: count)
      let bands = orderedMap(frequencies) { frequency in
        Quantiles(systems.map { $0.continuousTransferFunction(atFrequency: frequency).length })
      }
      for (frequency, band) in zip(frequencies, bands) { table.append(scale, frequency, band.low, band.median, band.high, count) }
    }
    return [table]
  }
}
