import Vocabulary

extension Metric {
  /// The variance of a value on a test set of independent samples, over all sets of that size.
  ///
  /// It is p(1 − p)/T for an accuracy p, a share of T samples; Var(x)/T for a mean of the samples' errors x; Var(x)/(4·RMSE²·T) for the root
  /// of a mean of squared errors x, whose slope there is 1/(2·RMSE).
  ///
  /// - Parameter errorVariance: Var(x) over the samples; not asked for of an accuracy.
  /// - Returns: nil if Var(x) is not known.
  package func samplingVariance(of value: Double, errorVariance: Double?, testCount: Int) -> Double? {
    let count = Double(max(1, testCount))
    switch self {
    case .accuracy: return value * (1 - value) / count
    case .meanSquaredError, .meanAbsoluteError: return errorVariance.map { $0 / count }
    case .rootMeanSquaredError: return errorVariance.map { $0 == 0 ? 0 : $0 / (4 * value * value * count) }
    }
  }
}
