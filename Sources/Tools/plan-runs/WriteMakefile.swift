import ArgumentParser
import Catalogue
import ExperimentOptions
import Foundation
import RunPlanning
import RunSupport
import Runs
import ToolSupport

struct WriteMakefile: Tool {
  static let configuration = CommandConfiguration(
    commandName: "makefile", abstract: "Writes the Make rules of the runs and data that a goal means, as things are now.",
    discussion: """
      The rules make `runs-and-data`. Where a resolved configuration is not what it should be, they write it again; what is as it should be \
      has no rule, so that Make sees no change where there is none. Beside them stand what `plan-runs progress` reads and, with --cores, a file \
      `split`: runs at a time and threads of each.
      """)

  @OptionGroup var goal: GoalOptions
  @Flag(help: "Also make finished runs again; of a group those that other code made.") var again = false
  @Option(help: "The device that is to train; without it our own engine.") var device: String?
  @Option(help: "How many runs are made at a time.") var jobs = 1
  @Option(help: "Folder for rules.mk and \(ShowProgress.file); without it the rules are printed.", completion: .directory)
  var output: String?
  @OptionGroup var results: ResultOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var division: SplitOptions

  func run() throws {
    let catalogue = try goal.catalogue.load()
    let meaning = try goal.meaning(in: catalogue, results: results.results)
    let finished = try finishedRuns(meaning)
    let forced = again ? Set(finished.filter { $0.difference != nil || $0.otherDevice != nil || !meaning.isGroup }.map(\.path)) : []
    let rules = try MakeRules(
      meaning.members, claims: catalogue.claims, data: try meaning.data(), results: results.results, dataFolder: goal.data, again: forced)
    guard let output else { return print(rules.text, terminator: "") }
    try AtomicFile.write(rules.text, to: "\(output)/rules.mk")
    let split = try split(of: meaning.members.reduce(0) { $0 + $1.paths.count } - finished.count { !forced.contains($0.path) })
    if let split { try AtomicFile.write("\(split.runs) \(split.threads)\n", to: "\(output)/split") }
    let ledger = RunLedger(
      goal: goal.title, members: meaning.members, results: results.results,
      machine: try? machine.chosen(for: device), jobs: split?.runs ?? jobs, again: forced)
    try AtomicFile.write(try JSONText.encode(ledger), to: "\(output)/\(ShowProgress.file)")
    let kept = finished.filter { !forced.contains($0.path) }
    for line in (meaning.isGroup ? groupLines(kept) : kept.flatMap(runLines)) + [ledger.text].compactMap({ $0 }) { Messages.line(line) }
  }

  /// How the cores are divided among so many runs; nil if that is said, or there are none.
  private func split(of count: Int) throws -> RunSplit? {
    division.cores == nil || count == 0 ? nil : try division.choice().split(of: count)
  }

  private struct Finished {
    let experiment: Experiment
    let seed: UInt64
    let path: String
    let isUpToDate: Bool
    /// Which other code made it.
    let difference: String?
    /// The device that trained it, where another one is asked for.
    let otherDevice: String?
  }

  private func finishedRuns(_ goal: MakeGoal) throws -> [Finished] {
    let current = CodeRevision.current()
    let revision = current.revision == CodeRevision.unknown ? nil : current.revision
    let tools = (ChildProcess.ownExecutable as NSString).deletingLastPathComponent
    let code = PresentCode(current, executable: "\(tools)/train-model")
    return goal.members.flatMap { member in
      zip(member.seeds, member.paths).compactMap { seed, path in
        guard let run = try? FinishedRun(path: path, origin: .own, results: results.results) else { return nil }
        let reason = RebuildReason(
          member.experiment, seed: seed, results: results.results, data: self.goal.data, revision: revision)
        return Finished(
          experiment: member.experiment, seed: seed, path: path, isUpToDate: reason.isUpToDate, difference: code.difference(from: run),
          otherDevice: otherDevice(of: run))
      }
    }
  }

  private func otherDevice(of run: FinishedRun) -> String? {
    // A plugin that is named by its path may be of any platform.
    if let device, device.contains("/") { return nil }
    let trained = run.summary.device
    return trained?.split(separator: ",").first.map(String.init) == device ? nil : trained ?? "our own engine"
  }

  /// Nothing is said of a run that Make trains again anyway.
  private func runLines(_ run: Finished) -> [String] {
    if !run.isUpToDate { return [] }
    let line = "\(results.results)/runs/\(run.path) is finished and up to date"
    let command = "make run EXPERIMENT=\(run.experiment.id) SEED=\(run.seed) PRESET=\(run.experiment.preset.rawValue) AGAIN=1"
    if let other = run.otherDevice {
      return ["\(line), but trained on another device: \(other)", "  \(command)\(device.map { " DEVICE=\($0)" } ?? "") trains it again"]
    }
    guard let difference = run.difference else { return [line] }
    return [
      "\(line), but made by other code: \(difference)",
      "  its result still counts; \(command) moves it aside and trains it again",
    ]
  }

  private func groupLines(_ runs: [Finished]) -> [String] {
    func line(_ count: Int, _ how: String) -> [String] {
      if count == 0 { return [] }
      return [
        "\(count) finished \(count == 1 ? "run was" : "runs were") \(how) and still \(count == 1 ? "counts" : "count"); "
          + "AGAIN=1 moves \(count == 1 ? "it" : "them") aside and trains again"
      ]
    }
    return line(runs.count { $0.difference != nil }, "made by other code")
      + line(runs.count { $0.otherDevice != nil }, "trained on another device")
  }
}

extension MakeGoal {
  fileprivate var isGroup: Bool { if case .group = self { true } else { false } }
}
