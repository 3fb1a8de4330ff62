import ArgumentParser
import Catalogue
import ComputingOptions
import Foundation
import MessagePassing
import Operations
import RunSupport
import Runs
import ToolSupport

@main
struct TrainModel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "train-model", abstract: "Trains one resolved configuration with one seed.",
    discussion: """
      Continues from the newest complete checkpoint in the output folder. TERM, USR1 or HUP: checkpoint, then exit code 75; \
      Ctrl-C: checkpoint, then 130; a second TERM or Ctrl-C ends at once. At the end the result is printed in one line; all of it is in \
      summary.json, which is written last.
      """)

  @Option(name: .customLong("configuration"), help: "Resolved configuration (plan-runs resolve).", completion: .file())
  var configurationFile: String
  @Option(help: "Seed of every random stream.") var seed: UInt64
  @Option(help: "Folder of the run.", completion: .directory) var output: String
  @Option(help: "Folder with the prepared data.", completion: .directory) var data = "data/prepared"
  @Option(help: "Threads; all cores by default. Results do not depend on it.") var threads: Int?
  @Option(help: "Processes that share the run, as mpirun -n has started them; its configuration says shards.") var ranks = 1
  @OptionGroup var computing: DeviceOptions
  @Flag(help: "Resume although code, libraries or device differ from those of the checkpoint.") var forceResume = false
  @Flag(help: "Print summary.json instead of one line.") var json = false
  @Option(help: "A claim that the run helps to decide and the SHA-256 of its rule, as B6=…; may be repeated. Kept in the summary.")
  var claim: [ClaimOption] = []
  @Flag(help: "Move a finished run aside and train it again; one that is not finished is continued.") var again = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    if ranks < 1 { throw ValidationError("--ranks must be at least 1") }
  }

  func run() throws {
    // It may start this process again, which must not have joined others then.
    try NumericEnvironment.prepareProcess(threadCount: threads, processes: Ranks.startedHere(of: ranks))
    Interruption.install()
    let ranks = try Ranks.join(count: ranks)
    try ranks.share { try run(among: ranks) }
  }

  private func run(among ranks: Ranks) throws {
    let configuration = try ExperimentConfiguration(fromFile: configurationFile)
    // Before the data are read, which may take long: of several that want one run the others look for another at once.
    let lease = ranks.isFirst ? try RunDirectory(path: output).lease() : nil
    try ranks.check(configuration.training, usesDevice: computing.device != nil, of: configuration.id)
    let inputs = try RunInputs(configuration, preparedData: data)
    // Before the memory of the machine: who has that never waits for a device, so two never wait for each other.
    let device = try computing.open(for: RunSummary.name(configuration.id, seed: seed), memory: inputs.deviceMemory()) {
      lease?.loss() ?? interruption()
    }
    let run = TrainingRun(
      inputs, seed: seed, claimRules: Dictionary(claim.map { ($0.id, $0.ruleSHA256) }) { $1 }, output: output, lease: lease, on: device,
      among: ranks)
    guard ranks.isFirst else { return try run.assist(interruption: interruption, forcesResume: forceResume) }
    let summary = try run.train(interruption: interruption, forcesResume: forceResume, startsAgain: again)
    print(json ? try String(contentsOfFile: "\(output)/summary.json", encoding: .utf8) : summary.line + "\n", terminator: "")
  }

  private func interruption() -> StageError? {
    Interruption.requested.map { request in
      StageError(
        request.exitCode, "training was interrupted", where: output, why: "a signal asked for it",
        fix: "run the same command again: it continues from the checkpoint just written")
    }
  }
}

/// A claim and the hash of its rule: `B6=` and 64 digits.
struct ClaimOption: ExpressibleByArgument {
  let id: String
  let ruleSHA256: String

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /([A-Za-z0-9-]+)=([0-9a-f]{64})/) else { return nil }
    (id, ruleSHA256) = (String(match.1), String(match.2))
  }
}
