import Foundation
import LinearAlgebra
import RunSupport

/// (1 + |s|)^β·|G(is)| for three β: the filter tilts the response of one system towards high or low frequencies.
///
/// - Source: TFB, Section 4, in the paper's unit of frequency (radians per unit of time); the layers count bins or cycles.
struct SobolevFilters: AnalyticResult {
  let name = "tfb-sobolev-filter"
  let paper = AnalyticPaper.tfb
  let title = "TFB: (1 + |s|)^{β} G, S4D-Lin (α = 1), 32 conjugate pairs, random C"

  static let exponents = [-1.0, 0, 1]

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(columns: ["beta", "frequency_radians_per_time", "magnitude_10", "magnitude_median", "magnitude_90", "draws"])
    let count = TunedSystems.drawCount(context)
    let systems = try TunedSystems.systems(scale: 1, count: count)
    let frequencies = TunedSystems.frequencies(context)
    let bands = orderedMap(frequencies) { frequency in
      let magnitudes = systems.map { $0.continuousTransferFunction(atFrequency: frequency).length }
      return Self.exponents.map { exponent in Quantiles(magnitudes.map { pow(1 + frequency, exponent) * $0 }) }
    }
    for (index, exponent) in Self.exponents.enumerated() {
      for (frequency, band) in zip(frequencies, bands) {
        table.append(exponent, frequency, band[index].low, band[index].median, band[index].high, count)
      }
    }
    return [table]
  }
}
