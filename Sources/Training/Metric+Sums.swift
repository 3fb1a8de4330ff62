import Datasets
import Vocabulary

extension Metric {
  /// The sums that it reads, beyond the loss.
  var sum: MetricSums.Name {
    switch self {
    case .accuracy: .correct
    case .rootMeanSquaredError, .meanSquaredError: .loss
    case .meanAbsoluteError: .absoluteErrors
    }
  }

  package func value(_ sums: MetricSums) -> Double {
    // The loss of frames is no squared error alone.
    let squared = sum == .loss ? sums.means(.squaredErrors) : []
    let means = squared.isEmpty ? sums.means(sum) : squared
    let mean = means.reduce(0, +) / Double(max(1, means.count))
    return self == .rootMeanSquaredError ? mean.squareRoot() : mean
  }

  /// For a reader: accuracies in percent.
  package func text(_ sums: MetricSums) -> String {
    self == .accuracy ? text(value(sums)) : "\(rawValue) \(text(shown: value(sums)))"
  }
}

extension SampleDescription {
  /// The metric of targets of which nothing else is known.
  var usualMetric: Metric { if case .classes = target { .accuracy } else { .meanSquaredError } }
}
