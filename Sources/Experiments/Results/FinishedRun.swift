import Foundation
import RunSupport

/// A run with its summary.
package struct FinishedRun: Sendable, Equatable {
  /// Whether we made it here (`results/runs`) or it came with the repository (`results/shipped`).
  package enum Origin: String, Sendable, CaseIterable {
    case own, shipped

    /// The folder below `results`.
    package var folder: String { self == .own ? "runs" : "shipped" }
  }

  package let summary: RunSummary
  /// The run's folder.
  package let directory: String
  package let origin: Origin

  /// `dfout-lra-image-s4d-lin/smoke/seed-1`: the path of a run below `results/runs` and `results/shipped`.
  package static func relativePath(experiment: String, preset: Preset, seed: UInt64) -> String {
    "\(experiment)/\(preset.rawValue)/seed-\(seed)"
  }
}

/// The finished runs below a results folder; of an own and a shipped run with the same seed, the own one counts.
package struct FinishedRuns: Sendable {
  private let runs: [FinishedRun]

  /// Reads every summary of `origins`. A missing folder holds no runs.
  ///
  /// - Throws: `StageError` (`badData`) for a summary that cannot be read or lies in another run's folder.
  package init(results: String, origins: Set<FinishedRun.Origin> = Set(FinishedRun.Origin.allCases)) throws {
    var found: [String: FinishedRun] = [:]
    for origin in FinishedRun.Origin.allCases.reversed() where origins.contains(origin) {
      for path in Self.summaries(below: "\(results)/\(origin.folder)") {
        let summary = try JSONText.decode(RunSummary.self, fromFile: "\(results)/\(origin.folder)/\(path)/summary.json", madeBy: "make run")
        let expected = FinishedRun.relativePath(experiment: summary.experiment, preset: summary.preset, seed: summary.seed)
        let directory = "\(results)/\(origin.folder)/\(path)"
        guard path == expected else {
          throw StageError(
            .badData, "a run lies in the wrong folder", where: directory, why: "its summary says \(expected)",
            fix: "move or delete the folder")
        }
        found[path] = FinishedRun(summary: summary, directory: directory, origin: origin)
      }
    }
    runs = found.values.sorted { $0.directory < $1.directory }
  }

  /// The finished runs of an experiment at its preset, ordered by seed; runs on stand-in data do not count.
  package func runs(of experiment: Experiment) -> [FinishedRun] {
    runs
      .filter { $0.summary.experiment == experiment.id && $0.summary.preset == experiment.preset && !$0.summary.standIn }
      .sorted { $0.summary.seed < $1.summary.seed }
  }

  /// `<id>/<preset>/seed-<n>` of every summary below a folder. Other names, such as those of runs that were moved aside, do not count.
  private static func summaries(below folder: String) -> [String] {
    func visible(_ path: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }
    return visible(folder).flatMap { id in
      visible("\(folder)/\(id)").flatMap { preset in
        visible("\(folder)/\(id)/\(preset)").filter { $0.wholeMatch(of: /seed-[0-9]+/) != nil }.map { "\(id)/\(preset)/\($0)" }
      }
    }
    .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/summary.json") }
  }
}
