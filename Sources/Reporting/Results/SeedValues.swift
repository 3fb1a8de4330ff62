import Catalogue

/// The values of several seeds, and the one number that an experiment makes of them.
struct SeedValues: Sendable {
  let values: [Double]
  let statistic: Experiment.Statistic

  /// Mean or median; nil without values.
  var centre: Double? {
    guard !values.isEmpty else { return nil }
    switch statistic {
    case .mean: return mean
    case .median:
      let sorted = values.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
  }

  /// Sample standard deviation (n − 1 in the denominator); nil of fewer than two values.
  var deviation: Double? {
    guard values.count > 1 else { return nil }
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// From the lowest to the highest; nil of fewer than two values.
  var range: ClosedRange<Double>? {
    guard values.count > 1, let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }

  private var mean: Double { values.reduce(0, +) / Double(values.count) }
}
