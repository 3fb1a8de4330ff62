import Experiments

/// Ours beside the published number: how far apart they are, and how far apart they may be (`ComparisonTolerance`).
struct ResultComparison: Equatable {
  enum Verdict: String { case within, outside }

  /// Ours minus the published number, in the unit of the table.
  let difference: Double
  /// In the unit of the table; nil at other presets than `paper`, and if nothing is known of the scatter.
  let tolerance: Double?
  /// What the tolerance does not count; empty if it counts everything.
  let reservation: String
  /// Nil unless the reported configuration ran on the official data.
  let verdict: Verdict?

  /// - Parameter scale: 100 for an accuracy, which tables hold in percent, else 1.
  init?(_ result: ExperimentResult, probe: String?, published: PublishedNumbers.Number?, scale: Double) {
    guard let value = result.value(probe), let published, let number = published.value else { return nil }
    let difference = scale * value - number
    self.difference = difference
    guard result.experiment.preset == .paper, !result.unofficialData else {
      (tolerance, reservation, verdict) = (nil, "", nil)
      return
    }
    let allowed = ComparisonTolerance(
      value: value, deviation: result.deviation(probe), count: result.seeds(probe).count,
      paperDeviation: published.deviation.map { $0 / scale }, paperCount: max(1, result.experiment.seeds.count),
      testCount: result.isAccuracy ? result.runs.first?.summary.testCount : nil, statistic: result.experiment.statistic)
    let limit = allowed.value.map { scale * $0 }
    (tolerance, reservation) = (limit, allowed.reservation)
    verdict = limit.map { abs(difference) <= $0 ? .within : .outside }
  }
}
