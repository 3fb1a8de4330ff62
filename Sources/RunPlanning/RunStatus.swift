import Catalogue
import Foundation
import RunSupport
import Runs

/// What there is of a run. Stale runs are only reported: nothing ever retrains because of it.
package enum RunStatus: Equatable, Sendable {
  case done
  /// Finished under the present configuration by another machine: it came with the repository.
  case shipped(revision: String)
  /// Finished, but by another code revision or under another configuration.
  case stale(reason: String)
  /// A process trains it now: its number and host; of a job in a scheduler's queue its number and node.
  case running(job: String? = nil)
  /// It waits in a scheduler's queue.
  case queued(job: String)
  /// Its job ended without a result; it is continued when it is submitted again.
  case failed(reason: String)
  /// Begun, and not finished; the same command continues it.
  case interrupted
  case missing

  package var text: String {
    switch self {
    case .done: "done"
    case .shipped(let revision): "shipped, made by revision \(revision.prefix(9))"
    case .stale(let reason): "stale: \(reason)"
    case .running(let job): job.map { "running: \($0)" } ?? "running"
    case .queued(let job): "queued: \(job)"
    case .failed(let reason): "failed: \(reason)"
    case .interrupted: "interrupted"
    case .missing: "missing"
    }
  }

  /// - Parameters:
  ///   - results: the folder with `runs` and `shipped`.
  ///   - revision: of the present code; nil if it is not known, then no run is stale for it.
  ///   - jobs: what was submitted to a scheduler; nil where nothing was.
  package static func of(
    _ experiment: Experiment, seed: UInt64, results: String, revision: String?, jobs: SubmittedJobs? = nil
  ) -> RunStatus {
    let path = FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed)
    for origin in FinishedRun.Origin.allCases {
      let folder = "\(results)/\(origin.folder)/\(path)"
      if let run = try? FinishedRun(path: path, origin: origin, results: results) {
        return finished(run, experiment: experiment, revision: revision)
      }
      if origin == .own {
        let job = jobs?.states[path]
        if case .running(let job)? = job { return .running(job: job) }
        if let holder = (try? Lease.holder(of: folder)) ?? nil { return .running(job: holder.text) }
        if Lease.isHeld(folder) { return .running() }
        if case .queued(let job)? = job { return .queued(job: job) }
        if case .failed(let reason)? = job { return .failed(reason: reason) }
        if FileManager.default.fileExists(atPath: folder) { return .interrupted }
      }
    }
    return .missing
  }

  private static func finished(_ run: FinishedRun, experiment: Experiment, revision: String?) -> RunStatus {
    let summary = run.summary
    if run.configuration != experiment.configuration { return .stale(reason: "another configuration") }
    if run.origin == .shipped { return .shipped(revision: summary.revision) }
    if summary.dirty { return .stale(reason: "made by uncommitted code") }
    if let revision, !revision.isEmpty, revision != summary.revision {
      return .stale(reason: "made by revision \(summary.revision.prefix(9))")
    }
    return .done
  }
}
