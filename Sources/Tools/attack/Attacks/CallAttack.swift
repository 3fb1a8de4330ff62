import Foundation
import RunSupport

/// Lets each system call of a workload fail once, and kills it in front of each that changes files.
struct CallAttack: Attack {
  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    let workloads =
      bench.isSample ? bench.workloads.filter { ["training of HOPE", "download", "figures"].contains($0.name) } : bench.workloads
    for workload in workloads {
      let calls = try trace(workload, on: bench)
      for group in CallFault.groups {
        let all = group.kinds.flatMap { trials($0, group, calls[$0, default: 0], workload, on: bench) }
        let few = bench.some(all, sample: 3, whole: group.most)
        var row = try bench.judge(few, subject: workload.name, what: group.title)
        row.note = few.count == all.count ? "" : "of \(all.count) such calls"
        found(row)
      }
    }
  }

  /// How many calls of each kind an undisturbed run makes.
  private func trace(_ workload: Workload, on bench: Bench) throws -> [String: Int] {
    let folder = bench.place(of: "calls-of-\(workload.slug)")
    try bench.prepare(workload, in: folder)
    var command = bench.command(workload, in: folder)
    preload(into: &command, of: workload, on: bench, log: "\(folder)/calls")
    let outcome = try bench.run(command, in: folder)
    let log = (try? String(contentsOfFile: "\(folder)/calls", encoding: .utf8)) ?? ""
    guard outcome.hasSucceeded, !log.isEmpty else {
      throw StageError(
        .internalBug, "the library that makes calls fail cannot be preloaded", where: command.line,
        why: outcome.errors.isEmpty ? "it saw no call" : outcome.errors, fix: "build everything again (`make build`)")
    }
    try FileManager.default.removeItem(atPath: folder)
    return log.split(separator: "\n").reduce(into: [:]) { $0[String($1.prefix { $0 != " " }), default: 0] += 1 }
  }

  private func preload(into command: inout ShellCommand, of workload: Workload, on bench: Bench, log: String) {
    command.environment["LD_PRELOAD"] = "\(bench.tools)/libCallFaults.so"
    command.environment["FAULT_PROGRAM"] = workload.tool
    command.environment["FAULT_FOLDER"] = bench.files
    command.environment["FAULT_LOG"] = log
  }

  /// A trial for each call of a kind; the errors of the group take turns.
  private func trials(_ kind: String, _ group: CallFault, _ count: Int, _ workload: Workload, on bench: Bench) -> [Trial] {
    (0..<count).map { position in
      let error = group.errors[position % group.errors.count]
      var trial = Trial(workload: workload, label: "\(kind) \(position + 1) of \(count), \(CallFault.text(error))")
      trial.disturb = { command, folder in
        preload(into: &command, of: workload, on: bench, log: "\(folder)/fault")
        command.environment["FAULT_CALL"] = kind
        command.environment["FAULT_NUMBER"] = String(position + 1)
        command.environment["FAULT_ERROR"] = error.map(String.init) ?? "kill"
        if group.lasts { command.environment["FAULT_LASTING"] = "1" }
      }
      trial.hasCome = { folder, _ in FileManager.default.fileExists(atPath: "\(folder)/fault") }
      if error == nil { trial.deadlySignal = SIGKILL }
      return trial
    }
  }
}
