import Foundation
import RunSupport
import TestSupport
import Testing

/// What `make attack` attacks with.
@Suite(.temporaryFolder) struct AttackTests {
  /// Runs a tool in front of which the library stands that makes calls fail.
  private func attacked(_ environment: [String: String]) throws -> ProcessResult {
    let all = environment.merging([
      "LD_PRELOAD": BuiltTool.path("libCallFaults.so"), "FAULT_PROGRAM": "prepare-lra", "FAULT_FOLDER": folder,
      "FAULT_LOG": folder + "/log",
    ]) { $1 }
    let variables = all.map { "\($0.key)=\($0.value)" }
    let tool = [
      "prepare-lra", "preprocess", "--task", "listops", "--source", "generated", "--train", "20", "--validation", "2", "--test", "2",
      "--minimum-length", "10", "--maximum-length", "20", "--output", folder + "/made/data",
    ]
    return try ProcessResult.run("/usr/bin/env", variables + [BuiltTool.path(tool[0])] + tool.dropFirst())
  }

  private func log() throws -> [String] {
    try String(contentsOfFile: folder + "/log", encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test("calls about files of a folder are counted, and the one that was asked for fails") func calls() throws {
    #expect(try attacked([:]).status == 0)
    let calls = try log().map { $0.prefix { $0 != " " } }
    #expect(Set(calls).isSuperset(of: ["create", "write", "fsync", "rename", "mkdir", "lock"]), "\(Set(calls))")
    let last = calls.count { $0 == "rename" }
    for path in ["log", "made"] { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") }
    let failed = try attacked(["FAULT_CALL": "rename", "FAULT_NUMBER": "\(last)", "FAULT_ERROR": "\(ENOSPC)"])
    #expect(failed.status == 74 && failed.errors.contains("No space left on device"), "\(failed)")
    #expect(try log() == ["rename \(last) \(folder)/made/data"])
    #expect(!FileManager.default.fileExists(atPath: folder + "/made/data"))
  }

  @Test("a process can be killed in front of a call") func kill() throws {
    let killed = try attacked(["FAULT_CALL": "fsync", "FAULT_NUMBER": "1", "FAULT_ERROR": "kill"])
    #expect(killed.status != 0 && killed.errors.isEmpty, "\(killed)")
  }

  @Test(
    "of failed mutations the test is named and not what libraries say; behind a crash the tests that had not ended",
    arguments: [
      (
        "✘ Test \"b\" recorded an issue at T.swift:3:1: Expectation failed: false",
        "FAILED the tests: the tests end with exit(1): ✘ Test \"b\" rec"
      ),
      ("✔ Test \"a\" passed after 1.000 seconds.\nA/B.swift:3: Fatal error: no", "exit(1): A/B.swift:3: Fatal error: no; not ended: \"b\""),
    ])
  func failedMutations(line: String, said: String) throws {
    let noise = "◇ Test run started.\n◇ Test \"a\" started.\n◇ Test \"b\" started.\n[src/decoder] error: cannot seek!\n"
    try AtomicFile.write("#!/bin/sh\ncat \"$0.txt\"\nexit 1\n", to: folder + "/bin/swift")
    try AtomicFile.write(noise + line + "\n", to: folder + "/bin/swift.txt")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/swift")
    let options = ["--work", folder + "/work", "--records", folder + "/records", "--page", folder + "/page.md"]
    let result = try ProcessResult.run(
      BuiltTool.path("attack"), ["mutations"] + options,
      environment: ["PATH": "\(folder)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin")"])
    #expect(result.status == 1 && result.errors.contains(said), "\(result.errors)")
  }

  @Test("a folder with other files is not emptied") func foreignFolder() throws {
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/notes"))
    try BuiltTool.refuse("attack", ["--work", folder], status: 78, "is not a folder of attacks")
    #expect(try files(folder).keys.sorted() == ["notes"])
  }
}
