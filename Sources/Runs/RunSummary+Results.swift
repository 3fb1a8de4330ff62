extension RunSummary {
  /// What to give for a probe to get the error of one output, counted from 1.
  package static func output(_ number: Int) -> String { "output \(number)" }

  /// A result of the test split: the run's own, that through a probe of a name, or the error of one output.
  ///
  /// - Returns: the value in the metric's unit and the variance over the samples of their errors, where it is known; nil without the result.
  package func result(_ name: String?) -> (value: Double, errorVariance: Double?)? {
    guard let name else { return (value, errorVariance) }
    let errors = outputErrors ?? []
    if let index = errors.indices.first(where: { Self.output($0 + 1) == name }) {
      let variances = outputErrorVariances ?? []
      return (errors[index], variances.indices.contains(index) ? variances[index] : nil)
    }
    return probes?.first { $0.name == name }.map { ($0.value, $0.errorVariance) }
  }
}
