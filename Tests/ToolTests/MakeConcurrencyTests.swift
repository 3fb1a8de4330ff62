import Foundation
import RunSupport
import TestSupport
import Testing

/// Two Makes at once in one checkout, with the real tools.
@Suite(.serialized, .temporaryFolder) struct MakeConcurrencyTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  private static let arguments = ["BIN=tools", "PRESET=smoke", "EXPERIMENT=tiny-listops-s4d-lin", "THREADS=1", "run"]
  private static let run = "results/runs/tiny-listops-s4d-lin/smoke/seed-1"

  @Test("two Makes of one group both count what is finished now, whoever made it") func twoGroups() throws {
    for tool in ["train-model", "prepare-lra"] { try workspace.useReal(tool) }
    let place = workspace.folder
    let arguments = ["BIN=tools", "PRESET=smoke", "JOBS=2", "THREADS=1", "reproduce-tiny"]
    let notes = "\(place)/notes"
    let refusal = StageError(.retryLater, "another process is training this run", where: Self.run, why: "", fix: "")
    // As one of them notes it, which may come to a run before or after the other one has finished it.
    try EventLog(path: notes).append(
      FailureNote(tool: "train-model", arguments: ["--output", Self.run], failure: refusal, time: Date()))
    @Sendable func make() throws -> ProcessResult {
      try ProcessResult.run("/usr/bin/env", ["make"] + arguments, in: place, environment: ["FAILURE_NOTES": notes])
    }
    _ = try orderedMap(0..<2, threadCount: 2) { _ in try make() }
    let again = try make()
    #expect(again.status == 0 && again.output.contains("reproduce-tiny, preset smoke: all 4 runs are finished"), "\(again)")
  }

  @Test("one of two Makes trains, the other one waits for its data and says who trains; nothing is made twice or broken") func twoMakes()
    throws
  {
    for tool in ["train-model", "prepare-lra"] { try workspace.useReal(tool) }
    let place = workspace.folder
    let makes = try orderedMap(0..<2, threadCount: 2) { _ in try ProcessResult.run("/usr/bin/env", ["make"] + Self.arguments, in: place) }
    #expect(makes.contains { $0.status == 0 }, "\(makes)")
    for make in makes where make.status != 0 {
      #expect(make.errors.contains("error: another process is training this run"), "\(make)")
      #expect(make.errors.contains("fix:"), "\(make)")
    }
    let summary = try Data(contentsOf: URL(fileURLWithPath: "\(workspace.folder)/\(Self.run)/summary.json"))
    #expect(try JSONSerialization.jsonObject(with: summary) is [String: Any])
    let begun = try String(contentsOfFile: "\(workspace.folder)/\(Self.run)/log.jsonl", encoding: .utf8)
    #expect(begun.split(separator: "\n").filter { $0.contains("\"begin\"") }.count == 1, "trained once")
    let again = try ProcessResult.run("/usr/bin/env", ["make", "-n"] + Self.arguments, in: workspace.folder)
    #expect(!again.output.contains("tools/train-model"), "a third Make finds everything up to date: \(again.output)")
    let cards = try FileManager.default.contentsOfDirectory(atPath: "\(workspace.folder)/data/prepared/lra")
    #expect(cards.filter { !$0.hasPrefix(".") }.count == 1 && !cards.contains { $0.hasSuffix(".part") }, "\(cards)")
  }
}
