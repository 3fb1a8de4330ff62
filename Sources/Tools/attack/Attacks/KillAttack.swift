import Arrays
import Foundation

/// Kills calls at random moments, some of them several times in a row.
struct KillAttack: Attack {
  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    for workload in bench.workloads { found(try kill(workload, on: bench)) }
  }

  /// Tries until so many kills hit: a call that was already over does not count.
  private func kill(_ workload: Workload, on bench: Bench) throws -> AttackRow {
    let wanted = bench.isSample ? 4 : 100
    var row = AttackRow(subject: workload.name, what: "kill -9")
    for batch in 0..<60 where row.tried < wanted {
      let trials = (0..<min(wanted, 20)).map { trial(workload, lane: UInt32(batch * 20 + $0), on: bench) }
      row.add(try bench.judge(trials, subject: workload.name, what: "kill -9"))
    }
    return row
  }

  private func trial(_ workload: Workload, lane: UInt32, on bench: Bench) -> Trial {
    var stream = RandomStream(seed: bench.seed, purpose: .testing, lane: lane)
    let moments = (0..<(1 + stream.integer(below: 3))).map { _ in
      String(format: "%.3f", stream.uniform() * bench.reference(workload).seconds)
    }
    // Its own process group would make `timeout` die before the tool, whose process would then stay for a while without a parent.
    let wrapper = ["timeout", "--foreground", "--preserve-status", "--signal", "KILL"]
    var trial = Trial(workload: workload, label: "killed after \(moments.joined(separator: " s, then after ")) s")
    trial.before = { folder in
      for moment in moments.dropLast() {
        var command = bench.command(workload, in: folder)
        command.wrapper = wrapper + [moment]
        _ = try bench.run(command, in: folder)
      }
    }
    trial.disturb = { command, _ in command.wrapper = wrapper + [moments.last ?? "0"] }
    trial.deadlySignal = SIGKILL
    trial.hasCome = { $1.signal == SIGKILL }
    return trial
  }
}
