import Operations
import Vocabulary

extension MetricSums.Name {
  /// Errors x of single samples: of an RMSE or MSE the mean of a sample's squared errors, of an MAE that of its absolute ones.
  fileprivate static let sampleErrors = Self(rawValue: "sampleErrorSum")
  /// x².
  fileprivate static let squaredSampleErrors = Self(rawValue: "squaredSampleErrorSum")
  /// The same of each output.
  fileprivate static let outputErrors = Self(rawValue: "outputErrorSums")
  fileprivate static let squaredOutputErrors = Self(rawValue: "squaredOutputErrorSums")
}

/// How the errors of single samples scatter, from the sums of x and x².
extension MetricSums {
  /// - Parameters:
  ///   - output: predictions [B, outputs] or [B, outputs, L].
  ///   - targets: of the same shape.
  mutating func addSampleErrors(of output: Tensor, targets: Tensor, metric: Metric) {
    let isAbsolute = metric == .meanAbsoluteError
    let errors = isAbsolute ? SampleErrors.absolute(output, targets: targets) : SampleErrors.squared(output, targets: targets)
    for sample in errors {
      let error = sample.reduce(0, +) / Double(sample.count)
      add(error, to: .sampleErrors)
      add(error * error, to: .squaredSampleErrors)
      if isAbsolute {
        add(sample, to: .outputErrors)
        add(sample.map { $0 * $0 }, to: .squaredOutputErrors)
      }
    }
  }

  /// Var(x), the mean of x² less the square of the mean; nil where no errors of samples were summed.
  package var errorVariance: Double? { variances(.sampleErrors, .squaredSampleErrors).first }

  /// Var(x) of each output alone; nil where it was not summed.
  package var outputErrorVariances: [Double]? {
    let variances = variances(.outputErrors, .squaredOutputErrors)
    return variances.isEmpty ? nil : variances
  }

  private func variances(_ first: Name, _ second: Name) -> [Double] {
    zip(means(first), means(second)).map { max(0, $1 - $0 * $0) }
  }
}
