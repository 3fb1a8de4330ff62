import Catalogue
import Vocabulary

/// The word for a result beside another number. The only place that decides it: tables, `compare` and figures print what it says.
package enum Verdict: String, Sendable, CaseIterable {
  case within, better, worse
  /// Another size than the paper's: the difference says nothing.
  case sizesDiffer = "sizes differ"
  case anotherConfiguration = "another configuration"
  case unofficialData = "unofficial data"
  /// No commit holds the code that made one of the runs.
  case uncommittedCode = "uncommitted code"
  /// Others read the published number off a picture.
  case unverifiedNumber = "unverified number"
  case oneSeed = "one seed"
  /// The summary of a run does not say how the errors of test samples scatter.
  case unknownTestError = "test error unknown"
  /// All seeds gave the same, and the test set adds nothing: no error is known.
  case noScatter = "no scatter"

  /// Whether it is a word; the others say why there is none.
  package var isWord: Bool { [.within, .better, .worse].contains(self) }

  /// The word for a difference beside the smallest one that would be seen.
  ///
  /// - Parameter increases: whether more is better.
  package init(difference: Double, smallest: Double, increases: Bool) {
    if abs(difference) <= smallest {
      self = .within
    } else {
      self = (difference > 0) == increases ? .better : .worse
    }
  }
}

/// How far ours is from a published number, how far it may be by chance, and the word for it.
package struct Judgement: Sendable, Equatable {
  /// Ours minus the published number, in the metric's shown unit.
  package let difference: Double
  /// In the metric's own unit, accuracies as shares of 1; nil at sizes that are not the paper's, and where it is not known.
  package let error: DifferenceError?
  /// The smallest difference that would be seen, in the metric's shown unit; nil without `error`.
  package let smallestDifference: Double?
  package let verdict: Verdict
  /// Dotted keys of the choices of ours on which the configuration rests.
  package let readings: [String]
  /// What the error does not count; empty if it counts everything.
  package let reservation: String

  /// Whether it is a word that rests on a reading of ours: it stands in no sum.
  package var isOurReading: Bool { verdict.isWord && !readings.isEmpty }

  /// What a reader must know of the word: `assumed`, `our reading`.
  package var marks: [String] {
    guard verdict.isWord else { return [] }
    return (error?.isAssumed == true ? ["assumed"] : []) + (isOurReading ? ["our reading"] : [])
  }

  /// Nil unless both sides have a number.
  ///
  /// - Parameter published: the number that decides, which may stand in another table than the one that is shown.
  init?(_ result: ExperimentResult, probe: String?, published: PublishedNumbers.Number?) {
    guard let value = result.value(probe), let published, let number = published.value else { return nil }
    let (metric, experiment) = (result.metric, result.experiment)
    difference = metric.scale * value - number
    readings = experiment.ownReadings
    let dependent = experiment.configuration.data.preparedVariant?.hasDependentSamples == true
    reservation = dependent ? "test samples that depend on each other" : ""
    let ours = SeedScatter(deviation: result.deviation(probe), count: result.seeds(probe).count, statistic: experiment.statistic)
    let theirs = SeedScatter(
      deviation: published.deviation.map { $0 / metric.scale }, count: published.seedCount, statistic: published.statistic)
    let sampling = metric.samplingVariance(of: value, errorVariance: result.errorVariance(probe), testCount: result.testCount)
    error =
      experiment.preset == .paper
      ? sampling.flatMap { DifferenceError(ours: ours, theirs: theirs, samplingVariance: 2 * $0) } : nil
    smallestDifference = error.map { metric.scale * $0.smallestDifference }
    if let obstacle = Self.obstacle(result, published) {
      verdict = obstacle
    } else if ours.count < 2 {
      verdict = .oneSeed
    } else if sampling == nil {
      verdict = .unknownTestError
    } else if let smallest = smallestDifference {
      verdict = Verdict(difference: difference, smallest: smallest, increases: metric.increases)
    } else {
      verdict = .noScatter
    }
  }

  /// Why these runs get no word, whatever they reached.
  private static func obstacle(_ result: ExperimentResult, _ published: PublishedNumbers.Number) -> Verdict? {
    if result.experiment.preset != .paper { return .sizesDiffer }
    if result.isOfAnotherConfiguration { return .anotherConfiguration }
    if result.unofficialData { return .unofficialData }
    if result.hasUncommittedCode { return .uncommittedCode }
    return published.isVerified ? nil : .unverifiedNumber
  }
}
