import Catalogue
import Runs
import Vocabulary

/// A finished run with all its numbers: the fields that its lines of `results.csv` share, and a line of `results.jsonl`.
struct RunRecord {
  let run: FinishedRun
  /// Nil where the catalogue has none of that name.
  let experiment: Experiment?
  /// In their order; empty where the run has no table of them.
  let epochs: [EpochValues]

  /// - Throws: `StageError` (`badData`) if `metrics.csv` cannot be read.
  init(_ run: FinishedRun, _ experiment: Experiment?) throws {
    (self.run, self.experiment) = (run, experiment)
    epochs = try EpochValues.read(run) ?? []
  }

  var standing: RunStanding { RunStanding(run, experiment) }

  /// Columns that all numbers of a run have in common, in the order of `fields`.
  static let header = [
    "run", "experiment", "paper", "group_name", "task", "method", "preset", "seed", "origin", "standing",
  ]

  var fields: [String] {
    [
      run.path, run.summary.experiment, experiment?.paper ?? "", experiment?.group ?? "", experiment?.task ?? "", experiment?.method ?? "",
      run.summary.preset.rawValue, "\(run.summary.seed)", run.origin.rawValue, standing.rawValue,
    ]
  }
}

extension RunRecord: Encodable {
  private enum Key: String, CodingKey {
    case run, title, paper, groupName, task, method, origin, standing, configuration, epochs
  }

  /// The summary without the hashes of files, which name each run's own, and beside its keys what else is known of the run.
  func encode(to encoder: any Swift.Encoder) throws {
    try run.summary.withoutHashes.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(run.path, forKey: .run)
    try container.encode(experiment?.title, forKey: .title)
    try container.encode(experiment?.paper, forKey: .paper)
    try container.encode(experiment?.group, forKey: .groupName)
    try container.encode(experiment?.task, forKey: .task)
    try container.encode(experiment?.method, forKey: .method)
    try container.encode(run.origin.rawValue, forKey: .origin)
    try container.encode(standing, forKey: .standing)
    try container.encode(run.configuration, forKey: .configuration)
    try container.encode(epochs, forKey: .epochs)
  }
}
