import Arrays
import Foundation
import Loopback
import RunSupport

/// Where attacks are made: small inputs, the workloads, and what an undisturbed call of each leaves.
struct Bench: Sendable {
  let folder: String
  /// What tools read and make lies here; what they say lies elsewhere, so that messages are not hit by mistake.
  var files: String { folder + "/files" }
  /// Folder of the tools: that of this one.
  let tools: String
  let isSample: Bool
  let seed: UInt64
  let jobs: Int
  /// Further words of `swift test`.
  var testOptions: [String] = []
  let workloads: [Workload]
  /// Commands whose result is what they print.
  let queries: [Workload]
  private var references: [String: Reference]
  private let server: LoopbackServer

  /// What an undisturbed call does.
  struct Reference: Sendable {
    let content: FolderContent
    let seconds: Double
    let bytes: Int
    let output: String
  }

  /// Empties the folder, makes the inputs and calls every workload undisturbed, twice.
  ///
  /// - Parameter callsTools: false leaves inputs and calls out, for attacks on none of the tools.
  /// - Throws: `StageError` (`internalBug`) if an undisturbed call fails, or two of them differ.
  init(folder: String, isSample: Bool, seed: UInt64, jobs: Int?, callsTools: Bool) throws {
    let folder = URL(fileURLWithPath: folder).path
    try Self.empty(folder)
    self.folder = folder
    tools = (ChildProcess.ownExecutable as NSString).deletingLastPathComponent
    self.isSample = isSample
    self.seed = seed
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    // No proxy may see requests to this machine.
    setenv("no_proxy", "127.0.0.1", 1)
    let inputs = BenchInputs(folder: folder + "/files/inputs", tools: tools)
    server = try inputs.makeServer()
    if callsTools { try inputs.make(server: server) }
    (workloads, queries) = callsTools ? (inputs.workloads, inputs.queries) : ([], [])
    references = [:]
    references = try (workloads + queries).reduce(into: [:]) { $0[$1.name] = try reference(of: $1) }
  }

  private static let marker = "attack-folder"

  /// Deletes what an earlier attack left; any other folder is refused.
  private static func empty(_ folder: String) throws {
    let manager = FileManager.default
    if let content = try? manager.contentsOfDirectory(atPath: folder), !content.isEmpty {
      guard content.contains(marker) else {
        throw StageError(
          .badConfiguration, "\(folder) is not a folder of attacks", where: folder, why: "it holds other files and would be emptied",
          fix: "pass another --work, or remove it")
      }
      try manager.removeItem(atPath: folder)
    }
    try AtomicFile.write("emptied by each attack\n", to: "\(folder)/\(marker)")
  }

  func close() { server.stop() }

  func reference(_ workload: Workload) -> Reference { references[workload.name]! }

  /// The folder of a call.
  func place(of name: String) -> String { "\(files)/trials/" + name.replacing(/[^A-Za-z0-9.-]+/, with: "-") }

  /// The command of a workload; its files lie below `made` of a folder that belongs to this call alone.
  func command(_ workload: Workload, in folder: String) -> ShellCommand {
    // A commit during the attack must not change what runs note.
    ShellCommand(words: ["\(tools)/\(workload.tool)"] + workload.options("\(folder)/made"), environment: ["GIT_DIR": "/nowhere"])
  }

  /// Makes a new folder for a call, with what the tool finds there.
  func prepare(_ workload: Workload, in folder: String) throws {
    try? FileManager.default.removeItem(atPath: folder)
    try AtomicFile.makeDirectory(folder)
    if let start = workload.start { try FileManager.default.copyItem(atPath: start, toPath: "\(folder)/made") }
  }

  func run(_ command: ShellCommand, in folder: String, limit: Double? = nil) throws -> Outcome {
    try Shell.run(command, scratch: "\(self.folder)/streams/\(folder.dropFirst(files.count))", limit: limit ?? timeLimit)
  }

  /// Seconds after which a call has hung: many times what the slowest workload takes, on a busy machine too.
  let timeLimit = 40.0

  private func reference(of workload: Workload) throws -> Reference {
    var references: [Reference] = []
    for name in ["one", "two"] {
      let place = place(of: "undisturbed-\(workload.slug)-\(name)")
      try prepare(workload, in: place)
      let outcome = try run(command(workload, in: place), in: place, limit: 300)
      guard outcome.hasSucceeded else {
        throw Self.broken("the undisturbed \(workload.name) fails", outcome.errors.prefix(500) + " \(outcome.end)")
      }
      let content = FolderContent("\(place)/made")
      let bytes = FolderSize("\(place)/made").bytes - (workload.start.map { FolderSize($0).bytes } ?? 0)
      references.append(Reference(content: content, seconds: outcome.seconds, bytes: bytes, output: outcome.output))
    }
    if let difference = references[0].content.loss(against: references[1].content) {
      throw Self.broken("two undisturbed calls of \(workload.name) differ", difference)
    }
    return references[1]
  }

  private static func broken(_ what: String, _ why: some StringProtocol) -> StageError {
    StageError(
      .internalBug, what, where: "attack", why: String(why), fix: "build everything again (`make build`) and report it if it stays")
  }
}
