import Catalogue
import Foundation
import RunSupport
import Training

/// A run with its summary.
package struct FinishedRun: Sendable, Equatable {
  /// Whether we made it here (`results/runs`) or it came with the repository (`results/shipped`).
  package enum Origin: String, Sendable, CaseIterable {
    case own, shipped

    /// The folder below `results`.
    package var folder: String { self == .own ? "runs" : "shipped" }
  }

  package let summary: RunSummary
  /// What was run; nil if the folder does not tell, or in another version's words.
  package let configuration: ExperimentConfiguration?
  /// The run's folder.
  package let directory: String
  package let origin: Origin

  /// `dfout-lra-image-s4d-lin/smoke/seed-1`: the path of a run below `results/runs` and `results/shipped`.
  package static func relativePath(experiment: String, preset: Preset, seed: UInt64) -> String {
    "\(experiment)/\(preset.rawValue)/seed-\(seed)"
  }

  /// Reads a run's folder.
  ///
  /// - Parameter path: the folder below that of `origin`.
  /// - Throws: `StageError`: `badData` if the summary cannot be understood, has changed or is another run's; `inputOutput`.
  package init(path: String, origin: Origin, results: String) throws {
    directory = "\(results)/\(origin.folder)/\(path)"
    self.origin = origin
    summary = try RunSummary(inFolder: directory)
    do {
      configuration = try ExperimentConfiguration(fromFile: "\(directory)/configuration.json")
    } catch let error as StageError where error.code != .inputOutput {
      configuration = nil
    }
    guard path == self.path else {
      throw StageError(
        .badData, "a run lies in the wrong folder", where: directory, why: "its summary says \(self.path)",
        fix: "move or delete the folder")
    }
  }

  /// The path of the run's folder below that of its origin.
  package var path: String { Self.relativePath(experiment: summary.experiment, preset: summary.preset, seed: summary.seed) }

  /// The best weights, by their path in the run's folder; shipped runs lack them.
  package var bestWeights: String { "checkpoints/\(CheckpointStore.bestName(epoch: summary.bestEpoch))" }

  /// Compares the small files of the run with the hashes in its summary; shipped runs need not have them all.
  ///
  /// - Throws: `StageError` (`badData`) naming the first file that has changed or is missing.
  package func checkFiles() throws { try summary.checkFiles(in: directory, isPart: origin == .shipped) }
}

/// The finished runs below a results folder.
package struct FinishedRuns: Sendable {
  /// Own ones first, each kind in the order of paths.
  package let runs: [FinishedRun]
  /// Why runs were passed over: their summaries cannot be read or lie in another run's folder, or a file has changed.
  package let problems: [StageError]

  /// Reads every summary of `origins`. A missing folder holds no runs. A problem with the code `inputOutput` is the system's, not that of a
  /// run: the next reading may find more.
  ///
  /// - Parameter presets: whose runs have all their files compared with the hashes in their summaries.
  package init(
    results: String, origins: Set<FinishedRun.Origin> = Set(FinishedRun.Origin.allCases), checkingFilesOf presets: [Preset] = []
  ) {
    var runs: [FinishedRun] = []
    var problems: [StageError] = []
    for origin in FinishedRun.Origin.allCases where origins.contains(origin) {
      var paths: [String] = []
      do {
        let folder = "\(results)/\(origin.folder)"
        paths = try Self.paths(below: folder).filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/summary.json") }
      } catch {
        problems.append(error as? StageError ?? StageError(wrapping: error))
      }
      for path in paths {
        do {
          let run = try FinishedRun(path: path, origin: origin, results: results)
          if presets.contains(run.summary.preset) {
            try run.checkFiles()
            try RunSummary.checkAddedTable(in: run.directory)
          }
          runs.append(run)
        } catch {
          problems.append(error as? StageError ?? StageError(wrapping: error))
        }
      }
    }
    self.runs = runs
    self.problems = problems
  }

  /// Every run of a preset, ordered by experiment and seed; of an own and a shipped run with the same seed, the own one. Runs on stand-in data
  /// do not count.
  package func all(_ preset: Preset) -> [FinishedRun] {
    let counted = runs.filter { $0.summary.preset == preset && !$0.summary.standIn }
    return counted.unique(by: \.path)
      .sorted { ($0.summary.experiment, $0.summary.seed) < ($1.summary.experiment, $1.summary.seed) }
  }

  /// Presets that have a run, in their order.
  package var presets: [Preset] { Preset.allCases.filter { preset in runs.contains { $0.summary.preset == preset } } }

  /// How many runs of a preset were made by a version that wrote no hashes.
  package func unhashedCount(_ preset: Preset) -> Int { runs.count { $0.summary.preset == preset && $0.summary.files == nil } }

  /// The finished runs of an experiment's configuration, ordered by seed; of an own and a shipped run with the same seed, the own one. Numbers
  /// of different devices are never mixed: these are of the device with most seeds.
  package func runs(of experiment: Experiment) -> [FinishedRun] { runsByDevice(of: experiment).first ?? [] }

  /// Finished runs of an experiment's configuration on other devices than that of `runs(of:)`.
  package func otherDeviceRuns(of experiment: Experiment) -> [FinishedRun] { runsByDevice(of: experiment).dropFirst().flatMap { $0 } }

  /// The device with most seeds first; of equal ones our own engine, then by name.
  private func runsByDevice(of experiment: Experiment) -> [[FinishedRun]] {
    let same = candidates(experiment).filter { $0.configuration == experiment.configuration }
    return Dictionary(grouping: same, by: \.summary.device).map { ($0.key ?? "", $0.value.unique(by: \.summary.seed)) }
      .sorted { ($1.1.count, $0.0) < ($0.1.count, $1.0) }.map(\.1)
  }

  /// Finished runs under the experiment's name and preset, but of another configuration.
  package func outdatedRuns(of experiment: Experiment) -> [FinishedRun] {
    candidates(experiment).filter { $0.configuration != experiment.configuration }
  }

  /// Ordered by seed, own ones first; runs on stand-in data do not count.
  private func candidates(_ experiment: Experiment) -> [FinishedRun] {
    let named = runs.filter {
      $0.summary.experiment == experiment.id && $0.summary.preset == experiment.preset && !$0.summary.standIn
    }
    return FinishedRun.Origin.allCases.flatMap { origin in named.filter { $0.origin == origin } }
      .enumerated().sorted { ($0.element.summary.seed, $0.offset) < ($1.element.summary.seed, $1.offset) }.map(\.element)
  }

  /// `<id>/<preset>/seed-<n>` of every run below a folder, finished or not. Other names, such as those of runs that were moved aside, do not count.
  static func paths(below folder: String) throws -> [String] {
    func visible(_ path: String) throws -> [String] { try InputFile.names(inFolder: path).filter { !$0.hasPrefix(".") } }
    return try visible(folder).flatMap { id in
      try visible("\(folder)/\(id)").flatMap { preset in
        try visible("\(folder)/\(id)/\(preset)").filter { $0.wholeMatch(of: /seed-[0-9]+/) != nil }.map { "\(id)/\(preset)/\($0)" }
      }
    }
  }
}
