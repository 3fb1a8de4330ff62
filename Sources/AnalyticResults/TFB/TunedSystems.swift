import StateSpace
import SystemAnalysis

/// The systems that all of TFB's results look at: S4D-Lin of 32 conjugate pairs, frequencies times α, random C.
enum TunedSystems {
  static let pairCount = 32
  static let scales = [0.1, 1, 10]

  /// One system for each seed; C is the same for all α.
  static func systems(scale: Double, count: Int) throws -> [DiagonalSystem] {
    var initial = InitialSystems(.diagonal(.linear))
    initial.stateSize = 2 * pairCount
    initial.frequencyScale = scale
    initial.width = count
    initial.seed = 1
    return try initial.systems().compactMap { $0.system as? DiagonalSystem }
  }

  /// How many random C are drawn.
  static func drawCount(_ context: AnalyticContext) -> Int { context.sized(64, tiny: 16) }

  /// Frequencies in radians per unit of time from well below to well above all poles.
  static func frequencies(_ context: AnalyticContext) -> [Double] {
    FrequencyGrid.logarithmic(0.01...1e4, pointCount: context.sized(1201, tiny: 121))
  }

  /// The largest |Im λ| at a factor α.
  static func largestFrequency(scale: Double) -> Double { scale * .pi * Double(pairCount - 1) }
}
