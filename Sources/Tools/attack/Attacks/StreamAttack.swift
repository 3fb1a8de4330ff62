import Foundation

/// Takes standard streams away, or sends them where nothing can be written.
struct StreamAttack: Attack {
  private struct Streams {
    let title: String
    var redirections = ""
    var pipe = ""
    /// What cannot be written any more.
    let losesOutput: Bool
    let losesErrors: Bool
  }

  private static let all = [
    Streams(title: "output full", redirections: ">/dev/full", losesOutput: true, losesErrors: false),
    Streams(title: "output closed", redirections: ">&-", losesOutput: true, losesErrors: false),
    Streams(title: "errors full", redirections: "2>/dev/full", losesOutput: false, losesErrors: true),
    Streams(title: "errors closed", redirections: "2>&-", losesOutput: false, losesErrors: true),
    Streams(title: "both full", redirections: ">/dev/full 2>/dev/full", losesOutput: true, losesErrors: true),
    Streams(title: "all closed", redirections: "<&- >&- 2>&-", losesOutput: true, losesErrors: true),
    Streams(title: "input closed", redirections: "<&-", losesOutput: false, losesErrors: false),
    Streams(title: "output read to its first byte", pipe: " | head -c 1 >/dev/null", losesOutput: false, losesErrors: false),
    Streams(
      title: "errors read to their first byte", redirections: "2>&1 >/dev/null", pipe: " | head -c 1 >/dev/null", losesOutput: false,
      losesErrors: true),
  ]

  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    for workload in bench.workloads + bench.queries {
      let trials = bench.some(Self.all, sample: 3).map { streams in
        var trial = Trial(workload: workload, label: streams.title)
        trial.disturb = { command, _ in
          command.redirections = streams.redirections
          command.pipe = streams.pipe
          if !streams.pipe.isEmpty { command.before = "set -o pipefail" }
        }
        trial.mustFail = workload.isQuery && streams.losesOutput
        trial.isMute = streams.losesErrors
        trial.hidesOutput = streams.losesOutput || !streams.pipe.isEmpty
        // A process may end when nobody reads what it says any more.
        if !streams.pipe.isEmpty { trial.deadlySignal = SIGPIPE }
        return trial
      }
      found(try bench.judge(trials, subject: workload.name, what: "streams"))
    }
  }
}
