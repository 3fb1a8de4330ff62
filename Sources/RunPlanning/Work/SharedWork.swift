import Catalogue
import Datasets
import Foundation
import RunSupport
import Runs

/// Makes the missing runs of a selection, one after another, beside other processes that do the same, on any machine that sees the folder.
///
/// Which run is whose decide the leases of `train-model`, which is called for each of them.
package struct SharedWork {
  package struct Settings: Sendable {
    /// The folder with `runs` and `resolved`.
    package var results: String
    /// The folder with `prepared`.
    package var data: String
    /// The folder of the tools.
    package var tools: String
    /// Of a run; nil for all cores.
    package var threads: Int?
    /// Further options of `train-model`.
    package var training: [String]
    /// Whether to wait for runs that others train, and to take up those that they leave.
    package var waits: Bool
    /// The file in which failed tools leave their last words.
    package var notes: String

    package init(
      results: String, data: String, tools: String, threads: Int?, training: [String], waits: Bool, notes: String
    ) {
      (self.results, self.data, self.tools, self.threads) = (results, data, tools, threads)
      (self.training, self.waits, self.notes) = (training, waits, notes)
    }
  }

  private struct Run {
    let experiment: Experiment
    let seed: UInt64

    var path: String { FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed) }
  }

  /// In the order in which they are made.
  private let runs: [Run]
  private let members: [RunSelection.Member]
  private let title: String
  private let claims: [Claim]
  private let settings: Settings
  /// Told what happens, in lines for a person.
  private let report: (String) -> Void

  /// Seconds between looks at runs that others train.
  private static let pause = 10.0

  /// - Parameters:
  ///   - title: what is made: `lra, preset paper`.
  ///   - claims: those of which runs note the rule.
  package init(
    _ members: [RunSelection.Member], title: String, claims: [Claim], settings: Settings, report: @escaping (String) -> Void
  ) {
    (self.members, self.title, self.claims, self.settings, self.report) = (members, title, claims, settings, report)
    // Two claims, or entries of the campaign, may name one run.
    runs = members.flatMap { member in member.seeds.map { Run(experiment: member.experiment, seed: $0) } }.unique(by: \.path)
  }

  /// Makes runs until nothing is left that this process can do.
  ///
  /// - Returns: 0 if every run is finished or others train what is left, else the exit code of the first training that failed.
  /// - Throws: `StageError`: `missingInput` where prepared data are missing, `retryLater` or `interrupted` after a signal, once the training has
  ///   ended; `inputOutput`.
  package func run() throws -> Int32 {
    try checkData()
    let pause = min(Self.pause, try LeaseTimes.current().renewal)
    var failures: [(path: String, code: Int32)] = []
    var isWaiting = false
    report(progress)
    while true {
      let open = runs.filter { run in !isFinished(run) && !failures.contains { $0.path == run.path } }
      if let run = open.first(where: { !Lease.isHeld(folder($0)) }) {
        isWaiting = false
        let code = try train(run)
        try checkInterruption()
        if code == 0 {
          report(progress)
        } else if code != StageError.Code.retryLater.rawValue {
          failures.append((run.path, code))
        } else if !Lease.isHeld(folder(run)) {
          // Nobody has it, so it was stopped by itself; it is tried again, but not without end in a moment.
          try wait(pause)
        }
      } else if open.isEmpty || !settings.waits {
        break
      } else {
        if !isWaiting { report("\(title): waiting for \(open.count) that others train, such as \(open[0].path)\(holder(of: open[0]))") }
        isWaiting = true
        try wait(pause)
      }
    }
    return end(failures)
  }

  private func end(_ failures: [(path: String, code: Int32)]) -> Int32 {
    report(progress)
    guard let first = failures.first else { return 0 }
    let summary = FailureSummary(
      members, notes: FailureNote.read(fromFile: settings.notes), results: settings.results, data: settings.data)
    // Another machine may have finished them since.
    if summary.isEmpty { return 0 }
    report("\n\(title): \(summary.text)")
    return first.code
  }

  private func train(_ run: Run) throws -> Int32 {
    try run.experiment.writeResolved(results: settings.results)
    let words =
      run.experiment.training(
        seed: run.seed, results: settings.results, data: settings.data, threads: settings.threads, claims: claims) + settings.training
    let child = try ChildProcess(
      "\(settings.tools)/\(words[0])", Array(words.dropFirst()), environment: ["FAILURE_NOTES": settings.notes], output: .inherited,
      errors: .inherited, passesSignals: true)
    return child.wasKilled ? 128 + child.status : child.status
  }

  private func isFinished(_ run: Run) -> Bool { run.experiment.finishTime(seed: run.seed, results: settings.results) != nil }

  private func folder(_ run: Run) -> String { "\(settings.results)/runs/\(run.path)" }

  private func holder(of run: Run) -> String { ((try? Lease.holder(of: folder(run))) ?? nil).map { " (\($0.text))" } ?? "" }

  private var progress: String { "\(title): \(runs.count(where: isFinished)) of \(runs.count) runs finished" }

  /// - Throws: `StageError` (`missingInput`) that names what prepares the missing data.
  private func checkData() throws {
    let open = runs.filter { !isFinished($0) }.map(\.experiment)
    let missing = open.filter { experiment in
      experiment.preparedData.map { !FileManager.default.fileExists(atPath: commands($0).card) } ?? false
    }
    if missing.isEmpty { return }
    let folders = missing.compactMap(\.preparedData).map { "\(settings.data)/prepared/\($0.preparedPath)" }.unique { $0 }
    let goals = missing.compactMap { experiment in
      experiment.preparedData.map { "make \(commands($0).goal) PRESET=\(experiment.preset.rawValue)" }
    }
    throw StageError(
      .missingInput, "data that the runs read are not prepared", where: folders.joined(separator: ", "),
      why: "there is no card.json, and several machines shall not prepare the same at once",
      fix: "run \(goals.unique { $0 }.joined(separator: ", then ")) on one of them, and this command again")
  }

  private func commands(_ description: DataDescription) -> DataCommands {
    DataCommands(description: description, results: settings.results, dataFolder: settings.data)
  }

  private func wait(_ seconds: Double) throws {
    let end = ResourceUsage.monotonicSeconds + seconds
    while ResourceUsage.monotonicSeconds < end {
      try checkInterruption()
      usleep(100_000)
    }
  }

  private func checkInterruption() throws {
    guard let request = Interruption.requested else { return }
    throw StageError(
      request.exitCode, "work was interrupted", where: title, why: "a signal asked for it",
      fix: "run the same command again: runs go on from their checkpoints")
  }
}
