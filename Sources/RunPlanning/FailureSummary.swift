import Catalogue
import Foundation
import RunSupport
import Runs

/// Which runs of a selection are not finished, and why: what `make reproduce-…` ends with.
package struct FailureSummary {
  private struct Cause: Hashable {
    var why: String
    var fix: String
  }

  private let members: [RunSelection.Member]
  private let notes: [FailureNote]
  private let results: String
  private let data: String

  /// - Parameters:
  ///   - notes: what failed tools left; of several about the same file the last one counts.
  ///   - results: the folder with `runs`.
  ///   - data: the folder with `raw` and `prepared`.
  package init(_ members: [RunSelection.Member], notes: [FailureNote], results: String, data: String) {
    (self.members, self.notes, self.results, self.data) = (members, notes, results, data)
  }

  private struct Unfinished {
    let experiment: Experiment
    let seed: UInt64

    var path: String { FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed) }
  }

  /// Runs without a result of their present configuration made here, and those about which a tool complained since.
  private var unfinished: [Unfinished] {
    members.flatMap { member in
      member.seeds.map { Unfinished(experiment: member.experiment, seed: $0) }.filter { run in
        guard let finished = run.experiment.finishTime(seed: run.seed, results: results) else { return true }
        // Another process may have finished it after this one had failed.
        return note(about: run).map { $0.time ?? .distantFuture > finished } ?? false
      }
    }
  }

  package var isEmpty: Bool { unfinished.isEmpty }

  /// A paragraph per cause, with the runs that it keeps from finishing.
  package var text: String {
    let runs = unfinished
    let total = members.map(\.seeds.count).reduce(0, +)
    guard !runs.isEmpty else { return total == 0 ? "nothing is left to train\n" : "all \(total) runs are finished\n" }
    let causes = Dictionary(grouping: runs, by: cause)
    let paragraphs = causes.sorted { $0.value[0].path < $1.value[0].path }.map { cause, runs in
      let lines = runs.map { run in
        let log = "\(results)/runs/\(run.path)/log.jsonl"
        return "  \(run.path)" + (FileManager.default.fileExists(atPath: log) ? "   log: \(log)" : "")
      }
      return (lines + ["    why: \(cause.why)", "    fix: \(cause.fix)"]).joined(separator: "\n")
    }
    let count = "\(total - runs.count) of \(total) runs are finished, \(runs.count) \(runs.count == 1 ? "is" : "are") not:"
    return ([count] + paragraphs).joined(separator: "\n") + "\n"
  }

  private func cause(of run: Unfinished) -> Cause {
    note(about: run).map(Self.cause)
      ?? Cause(
        why: "no tool said so: its process was killed, or Make did not come to it",
        fix: "make run EXPERIMENT=\(run.experiment.id) SEED=\(run.seed) PRESET=\(run.experiment.preset.rawValue)")
  }

  /// Note of the failed tool nearest to the run: training, else preparing its data, else fetching them.
  private func note(about run: Unfinished) -> FailureNote? {
    if let note = note("--output", "\(results)/runs/\(run.path)") { return note }
    guard let prepared = run.experiment.preparedData else { return nil }
    if let note = note("--output", "\(data)/prepared/\(prepared.preparedPath)") { return note }
    return prepared.raw.flatMap { note("--raw", "\(data)/raw/\($0)", command: "download") }
  }

  private func note(_ option: String, _ path: String, command: String? = nil) -> FailureNote? {
    notes.last { note in
      note.argument(option) == path && (command == nil || note.arguments.first == command)
    }
  }

  private static func cause(_ note: FailureNote) -> Cause {
    let command = ([note.tool] + note.arguments.prefix { !$0.hasPrefix("--") }).joined(separator: " ")
    return Cause(
      why: "\(command): \(note.what) (\(note.location): \(note.why); exit code \(note.exitCode))", fix: note.remedy)
  }
}
