import LinearAlgebra
import RunSupport
import StateSpace

/// How much G can change above a frequency ω₀: the total variation on |s| > ω₀, which is what frequency bias means.
///
/// The bound is Σ|cⱼ|·(1/(ω₀ − |yⱼ|) + 1/(ω₀ + |yⱼ|)) over stored pairs, times two for both signs of s; it needs ω₀ above all |yⱼ|.
///
/// - Source: TFB, Section 3: the decay 1/(ω₀ − |yⱼ|); constants derived here.
package struct BandVariation: AnalyticResult {
  package let name = "tfb-total-variation"
  package let paper = AnalyticPaper.tfb
  package let title = "TFB: total variation of G on |s| > ω₀, S4D-Lin, 32 conjugate pairs, random C"

  package func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(
      columns: ["alpha", "frequency_radians_per_time", "variation_10", "variation_median", "variation_90", "bound_median", "draws"])
    let thresholds = FrequencyGrid.logarithmic(0.1...1e4, pointCount: context.sized(251, tiny: 31))
    let count = TunedSystems.drawCount(context)
    for scale in TunedSystems.scales {
      let top = TunedSystems.largestFrequency(scale: scale)
      let systems = try TunedSystems.systems(scale: scale, count: count)
      let variations = orderedMap(systems) {
        Self.variations($0, above: thresholds, top: top, step: context.sized(0.05, tiny: 0.2))
      }
      for (index, threshold) in thresholds.enumerated() {
        let band = Quantiles(variations.map { $0[index] })
        let bound = threshold > top ? Quantiles(systems.map { Self.bound($0, above: threshold) }).median : .nan
        table.append(scale, threshold, band.low, band.median, band.high, bound, count)
      }
    }
    return [table]
  }

  /// The total variation on |s| > ω₀ for each threshold: steps well below the damping ½ up to behind the last pole, equal factors from
  /// there; behind a hundred times the last threshold nothing is left to see.
  package static func variations(_ system: DiagonalSystem, above thresholds: [Double], top: Double, step: Double) -> [Double] {
    let end = 1.1 * top + 20
    let last = 100 * max(end, thresholds.last ?? 0)
    let even = FrequencyGrid.even(0...end, pointCount: Int((end / step).rounded(.up)) + 1)
    let grid = Set(even + FrequencyGrid.logarithmic(end...last, pointCount: 400) + thresholds).sorted()
    let remaining = TotalVariation.remaining(grid.map { system.continuousTransferFunction(atFrequency: $0) })
    // G(−is) is the conjugate of G(is), so the other half changes as much.
    let values = Dictionary(uniqueKeysWithValues: zip(grid, remaining))
    return thresholds.map { 2 * (values[$0] ?? 0) }
  }

  package static func bound(_ system: DiagonalSystem, above threshold: Double) -> Double {
    2
      * zip(system.poles, system.outputWeights).reduce(0) { sum, mode in
        let frequency = abs(mode.0.imaginary)
        return sum + mode.1.length * (1 / (threshold - frequency) + 1 / (threshold + frequency))
      }
  }
}
