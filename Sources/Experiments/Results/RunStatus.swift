import Foundation
import RunSupport

/// What there is of a run. Stale runs are only reported: nothing ever retrains because of it.
package enum RunStatus: Equatable, Sendable {
  case done
  /// Finished, but by another code revision or under another configuration.
  case stale(reason: String)
  /// Files changed within the last two minutes.
  case running
  /// Begun, and not finished; the same command continues it.
  case interrupted
  case missing

  package var text: String {
    switch self {
    case .done: "done"
    case .stale(let reason): "stale: \(reason)"
    case .running: "running"
    case .interrupted: "interrupted"
    case .missing: "missing"
    }
  }

  /// - Parameters:
  ///   - results: the folder with `runs` and `shipped`.
  ///   - revision: of the present code; nil if it is not known, then no run is stale for it.
  package static func of(_ experiment: Experiment, seed: UInt64, results: String, revision: String?, now: Date = Date()) -> RunStatus {
    let path = FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed)
    for origin in FinishedRun.Origin.allCases {
      let folder = "\(results)/\(origin.folder)/\(path)"
      if let summary = try? JSONText.decode(RunSummary.self, fromFile: "\(folder)/summary.json", madeBy: "make run") {
        return finished(summary, folder: folder, experiment: experiment, revision: revision)
      }
      if origin == .own, let latest = latestChange(in: folder) {
        return now.timeIntervalSince(latest) < 120 ? .running : .interrupted
      }
    }
    return .missing
  }

  private static func finished(_ summary: RunSummary, folder: String, experiment: Experiment, revision: String?) -> RunStatus {
    if let used = try? ExperimentConfiguration(fromFile: "\(folder)/configuration.json"), used != experiment.configuration {
      return .stale(reason: "another configuration")
    }
    if summary.dirty { return .stale(reason: "made by uncommitted code") }
    if let revision, !revision.isEmpty, revision != summary.revision {
      return .stale(reason: "made by revision \(summary.revision.prefix(9))")
    }
    return .done
  }

  /// The time of the newest file of a folder that holds any.
  private static func latestChange(in folder: String) -> Date? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      (try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)"))?[.modificationDate] as? Date
    }.max()
  }
}
