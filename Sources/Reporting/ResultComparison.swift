import Experiments

/// Ours beside the published number: how far apart they are, and how far apart they may be.
struct ResultComparison: Equatable {
  enum Verdict: String { case within, outside }

  /// Ours minus the published number, in the unit of the table.
  let difference: Double
  /// Twice the standard error of the difference; nil with fewer than two seeds.
  let tolerance: Double?
  /// Nil unless the reported configuration ran on the official data.
  let verdict: Verdict?

  /// The standard error counts the spread over our seeds and the paper's, if it prints one, and the sampling of the test split, once
  /// because both are measured on the same one. The sampling of errors, which no summary holds, is not counted.
  ///
  /// - Parameters:
  ///   - scale: 100 for an accuracy, which tables hold in percent, else 1.
  init?(_ result: ExperimentResult, probe: String?, published: PublishedNumbers.Number?, scale: Double) {
    guard let value = result.value(probe), let number = published?.value else { return nil }
    let difference = scale * value - number
    self.difference = difference
    let seedCount = Double(result.seeds(probe).count)
    let ours = result.deviation(probe).map { scale * $0 * result.experiment.statistic.relativeError / seedCount.squareRoot() }
    let theirs = (published?.deviation ?? 0) / Double(max(result.experiment.seeds.count, 1)).squareRoot()
    let sampling = result.isAccuracy ? scale * Self.samplingError(value, count: result.runs.first?.summary.testCount ?? 0) : 0
    tolerance = ours.map { 2 * ($0 * $0 + theirs * theirs + sampling * sampling).squareRoot() }
    let isComparable = result.experiment.preset == .paper && !result.unofficialData
    verdict = tolerance.flatMap { isComparable ? (abs(difference) <= $0 ? .within : .outside) : nil }
  }

  /// Of a share measured on `count` independent samples.
  private static func samplingError(_ share: Double, count: Int) -> Double {
    count > 0 ? (share * (1 - share) / Double(count)).squareRoot() : 0
  }
}

extension Experiment.Statistic {
  /// Standard error over that of the mean, of normal values: √(π/2) for the median.
  fileprivate var relativeError: Double { self == .median ? (Double.pi / 2).squareRoot() : 1 }
}
