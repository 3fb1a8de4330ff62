import Catalogue
import Foundation
import Vocabulary

/// The word for a result beside a published number. The only place that decides it: tables, `compare` and figures print what it says.
package enum Verdict: String, Sendable {
  case within, better, worse
  /// Another size than the paper's: the difference says nothing.
  case sizesDiffer = "sizes differ"
  case unofficialData = "unofficial data"
  case noTolerance = "no tolerance"

  /// Whether it judges; the others say why nothing is judged.
  var isJudgement: Bool { [.within, .better, .worse].contains(self) }
}

/// How far ours is from a published number, how far it may be, and the word for it.
package struct Judgement: Sendable, Equatable {
  /// Ours minus the published number, in the metric's shown unit.
  package let difference: Double
  /// The allowed distance in the same unit; nil where sizes differ, or nothing is known of the scatter.
  package let tolerance: Double?
  /// What the tolerance does not count; empty if it counts everything.
  package let reservation: String
  package let verdict: Verdict

  /// Nil unless both sides have a number.
  init?(_ result: ExperimentResult, probe: String?, published: PublishedNumbers.Number?) {
    guard let value = result.value(probe), let published, let number = published.value else { return nil }
    let metric = result.metric
    difference = metric.scale * value - number
    guard result.experiment.preset == .paper else {
      (tolerance, reservation, verdict) = (nil, "", .sizesDiffer)
      return
    }
    let allowed = ComparisonTolerance(
      value: value, deviation: result.deviation(probe), count: result.seeds(probe).count,
      paperDeviation: published.deviation.map { $0 / metric.scale }, paperCount: max(1, result.experiment.seeds.count),
      testCount: metric == .accuracy ? result.runs.first?.summary.testCount : nil, statistic: result.experiment.statistic)
    (tolerance, reservation) = (allowed.value.map { metric.scale * $0 }, allowed.reservation)
    verdict = Self.verdict(difference, tolerance, metric, isOfficial: !result.unofficialData)
  }

  private static func verdict(_ difference: Double, _ tolerance: Double?, _ metric: Metric, isOfficial: Bool) -> Verdict {
    guard isOfficial else { return .unofficialData }
    guard let tolerance else { return .noTolerance }
    if abs(difference) <= tolerance { return .within }
    return (difference > 0) == metric.increases ? .better : .worse
  }
}

/// How far a result may lie from a published number before the two count as different: twice the standard error of the difference.
///
/// Both sides have two sources of error, which add in squares:
/// - seeds: s²/n of ours and of the paper's, s the deviation over seeds and n their number; for a median π/2 times that, its variance where
///   single runs scatter normally. A paper that prints no deviation is taken as one run that scatters as ours do, and a single run of ours
///   as one that scatters as the paper's do.
/// - the test set: p(1 − p)/T for an accuracy p on T samples, once for each side. Both are usually tested on the same samples, which makes
///   the true error smaller; this errs on the side of calling two numbers equal. Summaries do not hold it for errors such as RMSE.
package struct ComparisonTolerance {
  /// In the metric's own unit; accuracies are shares of 1.
  package private(set) var value: Double?
  /// What was not counted; empty if everything was.
  package private(set) var reservation = ""

  /// - Parameters:
  ///   - value: ours.
  ///   - deviation: ours over `count` seeds; nil for a single run.
  ///   - paperDeviation: the published one; nil where the paper prints none.
  ///   - paperCount: seeds of the paper, as the experiment's own list of seeds follows it.
  ///   - testCount: samples of the test split; nil for metrics that are no shares.
  package init(
    value: Double, deviation: Double?, count: Int, paperDeviation: Double?, paperCount: Int, testCount: Int?,
    statistic: Experiment.Statistic
  ) {
    let factor = statistic == .median ? Double.pi / 2 : 1
    let ours = deviation ?? paperDeviation
    let theirs = paperDeviation ?? deviation
    var variance = 0.0
    if let ours, let theirs {
      variance += ours * ours / Double(count) * (count > 2 ? factor : 1)
      variance += paperDeviation == nil ? theirs * theirs : theirs * theirs / Double(paperCount) * (paperCount > 2 ? factor : 1)
    }
    if let testCount { variance += 2 * value * (1 - value) / Double(testCount) }
    switch (ours == nil, testCount == nil) {
    case (true, true): reservation = "one seed and no published deviation"
    case (true, false): reservation = "of the test set alone: one seed and no published deviation"
    case (false, true): reservation = "of seeds alone"
    case (false, false): reservation = ""
    }
    self.value = ours == nil && testCount == nil ? nil : 2 * variance.squareRoot()
  }
}
