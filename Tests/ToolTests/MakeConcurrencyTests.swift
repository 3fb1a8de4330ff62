import Foundation
import Testing

/// Two Makes at once in one checkout, with the real tools.
@Suite(.serialized) struct MakeConcurrencyTests {
  private static let arguments = ["BIN=tools", "PRESET=smoke", "EXPERIMENT=tiny-listops-s4d-lin", "THREADS=1", "run"]
  private static let run = "results/runs/tiny-listops-s4d-lin/smoke/seed-1"

  private func start(_ workspace: MakeWorkspace, log: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["make"] + Self.arguments
    process.currentDirectoryURL = URL(fileURLWithPath: workspace.folder)
    process.environment = ProcessInfo.processInfo.environment.filter { !["MAKEFLAGS", "MFLAGS", "MAKELEVEL"].contains($0.key) }
    let path = "\(workspace.folder)/\(log)"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try process.run()
    return process
  }

  @Test("one of two Makes trains, the other one waits for its data and says who trains; nothing is made twice or broken") func twoMakes()
    throws
  {
    try MakeWorkspace.use { workspace in
      for tool in ["train-model", "prepare-lra"] { try workspace.useReal(tool) }
      let processes = try ["first.log", "second.log"].map { try start(workspace, log: $0) }
      processes.forEach { $0.waitUntilExit() }
      let logs = try ["first.log", "second.log"].map { try String(contentsOfFile: "\(workspace.folder)/\($0)", encoding: .utf8) }
      let succeeded = zip(processes, logs).filter { $0.0.terminationStatus == 0 }
      #expect(!succeeded.isEmpty, "\(logs)")
      for (process, log) in zip(processes, logs) where process.terminationStatus != 0 {
        #expect(log.contains("error: another process is training this run"), "\(log)")
        #expect(log.contains("fix:"), "\(log)")
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
}
