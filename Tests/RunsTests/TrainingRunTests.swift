import Foundation
import RunFixtures
import Runs
import RunSupport
import Testing
import TestSupport

/// A run from its inputs to its summary.
@Suite(.temporaryFolder) struct TrainingRunTests {
  private var output: String { folder + "/run" }

  private func train() throws -> RunSummary {
    let inputs = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.minimal))), length: 32)
    return try TrainingRun(inputs, seed: 1, output: output).train(interruption: { nil })
  }

  private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(output)/\(name)") }

  @Test(
    "a table that cannot be written ends the run, which is then not finished; the same command finishes it",
    arguments: ["systems.csv", "hankel.csv", "ranks.csv", "modes.csv", "kernels.csv"])
  func unwritableTable(name: String) throws {
    // A folder in the place of the file, which a rename does not replace.
    try AtomicFile.write("", to: "\(output)/\(name)/in-the-way")
    let error = stageError { _ = try train() }
    #expect(error?.code == .inputOutput && error?.location == "\(output)/\(name)", "\(String(describing: error))")
    #expect(!exists("summary.json"))
    try FileManager.default.removeItem(atPath: "\(output)/\(name)")
    _ = try train()
    #expect(exists(name) && exists("summary.json"))
  }

  @Test(
    "a finished run is finished again where a file is not what it wrote, to the same bytes",
    arguments: [
      ("metrics.csv", true), ("hankel.csv", false), ("summary.json", true),
    ])
  func changedFile(name: String, isChanged: Bool) throws {
    let first = try train()
    let named = Set((first.files ?? [:]).keys)
    let expected = ["configuration.json", "metrics.csv", "hankel.csv", "provenance.json", "checkpoints/best-epoch-0001.safetensors"]
    #expect(named.isSuperset(of: expected), "\(named)")
    func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: "\(output)/\(name)") }
    let (tables, summary) = (["metrics.csv", "hankel.csv"].map(bytes), bytes("summary.json"))
    #expect(try train() == RunSummary(inFolder: output) && bytes("summary.json") == summary, "a finished run stays as it is")
    if isChanged {
      let text = try String(contentsOfFile: "\(output)/\(name)", encoding: .utf8)
      try AtomicFile.write(text.replacing(/0\.([1-9])/) { "0.0\($0.1)" }, to: "\(output)/\(name)")
      #expect(throws: StageError.self) { try RunSummary(inFolder: output).checkFiles(in: output) }
    } else {
      try FileManager.default.removeItem(atPath: "\(output)/\(name)")
    }
    let again = try train()
    #expect(["metrics.csv", "hankel.csv"].map(bytes) == tables && again.value == first.value && again.testLoss == first.testLoss)
    try RunSummary(inFolder: output).checkFiles(in: output)
  }

  @Test("a claim's rule that was changed while the run was interrupted is not the run's") func claimRules() throws {
    let inputs = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.minimal))), length: 32)
    func train(_ rules: [String: String], interrupted: Bool = false) throws -> RunSummary {
      let error = StageError(.retryLater, "stop", where: "here", why: "a test", fix: "go on")
      return try TrainingRun(inputs, seed: 1, claimRules: rules, output: output).train(interruption: { interrupted ? error : nil })
    }
    #expect(throws: StageError.self) { try train(["A1": "1", "A2": "1"], interrupted: true) }
    #expect(try train(["A1": "1", "A2": "2", "A3": "1"]).claimRules == ["A1": "1"])
    try FileManager.default.removeItem(atPath: output)
    #expect(try train([:]).claimRules == nil)
  }

  @Test("what earlier sittings noted is kept aside where it cannot be read")
  func damagedProvenance() throws {
    _ = try train()
    try AtomicFile.write("{\"sittings\": [", to: output + "/provenance.json")
    _ = try train()
    #expect(try String(contentsOfFile: output + "/provenance.json.replaced-1", encoding: .utf8) == "{\"sittings\": [")
    try RunSummary(inFolder: output).checkFiles(in: output)
  }

  @Test("a run whose identity the system does not give is not taken for another one")
  func unreadableIdentity() throws {
    _ = try train()
    try FileManager.default.removeItem(atPath: output + "/identity.json")
    try FileManager.default.createSymbolicLink(atPath: output + "/identity.json", withDestinationPath: "/proc/self/mem")
    #expect(stageError { _ = try train() }?.code == .inputOutput)
    #expect(exists("summary.json"))
  }

  @Test("the result in one line")
  func line() throws {
    let summary = try train()
    let error = "test rmse \(summary.metric.text(shown: summary.value)), trivial answer \(summary.metric.text(shown: summary.chance))"
    #expect(summary.line == "test seed 1: \(error), \(ProgressReporter.duration(summary.wallSeconds))")
  }
}
