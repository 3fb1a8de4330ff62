import Catalogue
import RunSupport
import Runs
import SystemAnalysis
import Vocabulary

/// The finished runs of one experiment as one number.
package struct ExperimentResult: Sendable {
  package let experiment: Experiment
  /// Finished runs of exactly the experiment's configuration, ordered by seed; empty if nothing has run.
  package let runs: [FinishedRun]
  /// Finished runs of another configuration: they enter no number.
  package let outdatedRuns: [FinishedRun]
  /// Finished runs of the same configuration on other devices: they enter no number either.
  package let otherDeviceRuns: [FinishedRun]
  /// Of the delay task, the least error that these poles allow; nil of other tasks, and before it is computed.
  package let limit: LeastSquaresLimit?
  /// Whether `runs` are of another configuration than the experiment's: a number that gets no word.
  package let isOfAnotherConfiguration: Bool

  package init(_ experiment: Experiment, runs: FinishedRuns, limits: DelayLimits = DelayLimits()) {
    self.init(
      experiment, runs: runs.runs(of: experiment), outdatedRuns: runs.outdatedRuns(of: experiment),
      otherDeviceRuns: runs.otherDeviceRuns(of: experiment), limit: limits[experiment.configuration])
  }

  private init(
    _ experiment: Experiment, runs: [FinishedRun], outdatedRuns: [FinishedRun], otherDeviceRuns: [FinishedRun], limit: LeastSquaresLimit?,
    isOfAnotherConfiguration: Bool = false
  ) {
    (self.experiment, self.runs, self.outdatedRuns, self.limit) = (experiment, runs, outdatedRuns, limit)
    self.otherDeviceRuns = otherDeviceRuns
    self.isOfAnotherConfiguration = isOfAnotherConfiguration
  }

  /// Where nothing has run in the experiment's configuration: runs of another one, all of the same, for cells that would be empty.
  var substitute: ExperimentResult? {
    guard runs.isEmpty, let first = outdatedRuns.first else { return nil }
    let same = first.configuration == nil ? [first] : outdatedRuns.filter { $0.configuration == first.configuration }
    return ExperimentResult(
      experiment, runs: same.unique(by: \.summary.seed), outdatedRuns: outdatedRuns, otherDeviceRuns: otherDeviceRuns,
      limit: limit, isOfAnotherConfiguration: true)
  }

  /// Whether its runs say something about the task: generated pairs of documents only prove the path.
  package var isResult: Bool { !experiment.provesPathOnly }

  /// What stands in place of a number of runs that are none.
  static let reasonOfNone = "no result at this preset: generated pairs"

  /// The metric of all runs; without runs that of the configuration.
  package var metric: Metric { runs.first?.summary.metric ?? experiment.configuration.metric }

  /// One value a run: of the test split, or through a probe of that name.
  private func values(_ probe: String?) -> SeedValues {
    SeedValues(values: isResult ? found(probe).map(\.value) : [], statistic: experiment.statistic)
  }

  private typealias Found = (seed: UInt64, value: Double, errorVariance: Double?)

  /// Runs without a result of the probe or output do not count.
  private func found(_ probe: String?) -> [Found] {
    runs.map(\.summary).compactMap { summary -> Found? in
      summary.result(probe).map { (summary.seed, $0.value, $0.errorVariance) }
    }
  }

  /// Variance over the test samples of a sample's error, the mean over the seeds; nil if the summary of one of them does not have it.
  package func errorVariance(_ probe: String? = nil) -> Double? {
    let variances = found(probe).map(\.errorVariance)
    guard !variances.isEmpty, !variances.contains(nil) else { return nil }
    return variances.compactMap { $0 }.reduce(0, +) / Double(variances.count)
  }

  /// Samples of the test split; 0 without runs.
  package var testCount: Int { runs.first?.summary.testCount ?? 0 }

  /// Whether no commit holds the code of one of the runs: it was changed, or lay in no checkout.
  package var hasUncommittedCode: Bool { runs.contains { $0.summary.dirty || $0.summary.revision == CodeRevision.unknown } }

  /// Mean or median over the seeds, as the experiment asks; nil without runs.
  package func value(_ probe: String? = nil) -> Double? { values(probe).centre }

  /// Sample standard deviation over the seeds; nil with fewer than two runs.
  package func deviation(_ probe: String? = nil) -> Double? { values(probe).deviation }

  /// Seeds with a finished run that has a result of the test split, or of a probe.
  package func seeds(_ probe: String? = nil) -> [UInt64] { found(probe).map(\.seed) }

  /// Seeds of the experiment's list that have none.
  package func missingSeeds(_ probe: String? = nil) -> [UInt64] {
    let seeds = seeds(probe)
    return experiment.seeds.filter { !seeds.contains($0) }
  }

  /// Share of the most frequent class, or the error of always answering with the mean; runs on the same data agree on it.
  package var chance: Double? { runs.first?.summary.chance }

  /// The device that trained all of its runs; nil is our own engine.
  package var device: String? { runs.first?.summary.device }

  package var unofficialData: Bool { runs.contains { $0.summary.unofficialData } }

  /// What trains the first missing run.
  package func command(_ probe: String? = nil) -> String {
    let seed = missingSeeds(probe).first ?? experiment.seeds.first ?? 1
    return "make run EXPERIMENT=\(experiment.id) SEED=\(seed) PRESET=\(experiment.preset.rawValue)"
  }

  /// `seed 1` or `seeds 1–3, 7`.
  package var seedText: String {
    let seeds = seeds()
    let ranges = seeds.reduce(into: [ClosedRange<UInt64>]()) { ranges, seed in
      if let last = ranges.last, last.upperBound + 1 == seed {
        ranges[ranges.count - 1] = last.lowerBound...seed
      } else {
        ranges.append(seed...seed)
      }
    }
    let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    return "\(seeds.count == 1 ? "seed" : "seeds") \(texts.joined(separator: ", "))"
  }
}
