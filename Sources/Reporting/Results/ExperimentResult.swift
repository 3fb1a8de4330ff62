import Catalogue
import Runs
import Vocabulary

/// The finished runs of one experiment as one number.
package struct ExperimentResult: Sendable {
  package let experiment: Experiment
  /// Finished runs of exactly the experiment's configuration, ordered by seed; empty if nothing has run.
  package let runs: [FinishedRun]
  /// Finished runs of another configuration: they enter no number.
  package let outdatedRuns: [FinishedRun]

  package init(_ experiment: Experiment, runs: FinishedRuns) {
    self.experiment = experiment
    self.runs = runs.runs(of: experiment)
    outdatedRuns = runs.outdatedRuns(of: experiment)
  }

  /// Whether its runs say something about the task: generated pairs of documents only prove the path.
  package var isResult: Bool { !experiment.provesPathOnly }

  /// The metric of all runs; `accuracy` without runs.
  package var metric: Metric { runs.first?.summary.metric ?? .accuracy }

  /// One value a run: of the test split, or through a probe of that name.
  private func values(_ probe: String?) -> SeedValues {
    SeedValues(values: isResult ? found(probe).map(\.value) : [], statistic: experiment.statistic)
  }

  /// What to give for a probe to get the error of one output, counted from 1.
  static func output(_ number: Int) -> String { "output \(number)" }

  /// Runs without a result of the probe or output do not count.
  private func found(_ probe: String?) -> [(seed: UInt64, value: Double)] {
    runs.compactMap { run in
      guard let probe else { return (run.summary.seed, run.summary.value) }
      let errors = run.summary.outputErrors ?? []
      if let index = errors.indices.first(where: { Self.output($0 + 1) == probe }) { return (run.summary.seed, errors[index]) }
      return run.summary.probes?.first { $0.name == probe }.map { (run.summary.seed, $0.value) }
    }
  }

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
