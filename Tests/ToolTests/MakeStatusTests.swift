import Foundation
import TestSupport
import Testing

/// Exit codes and signals between Make and the tools.
@Suite(.temporaryFolder) struct MakeStatusTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  private static let run = ["make", "BIN=tools", "run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke"]

  private func batch(_ command: [String]) throws -> ProcessResult {
    try ProcessResult.run("/usr/bin/env", ["bash", "scripts/batch.sh"] + command, in: workspace.folder)
  }

  @Test("batch.sh ends with the exit code of the tool that failed") func codes() throws {
    try workspace.touch("fail")
    #expect(try batch(Self.run).status == 75)
    #expect(try batch(Self.run.map { $0.replacing("tiny", with: "tny") }).status == 78)
    try workspace.remove("fail")
    #expect(try batch(Self.run).status == 0)
    #expect(try batch(["make", "BIN=tools", "no-such-goal"]).status == 2, "no tool failed")
    #expect(try batch([]).status == 64)
  }

  @Test("TERM reaches the training though it is sent to Make alone, and Make waits for its end") func signals() throws {
    try """
    #!/bin/bash
    trap 'sleep 0.5; echo saved > saved; exit 75' TERM
    echo $$ > training
    while true; do sleep 0.05; done
    """.write(toFile: "\(workspace.folder)/tools/train-model", atomically: false, encoding: .utf8)
    let script = """
      "$@" & make=$!
      for ((i = 0; i < 400; i++)); do [ -s training ] && break; sleep 0.05; done
      kill -TERM $make
      wait $make || echo $?
      ls saved
      """
    for command in [Self.run, ["bash", "scripts/batch.sh"] + Self.run] {
      let result = try withoutBlockedSignals {
        try ProcessResult.run("/usr/bin/env", ["bash", "-c", script, "-"] + command, in: workspace.folder)
      }
      #expect(result.output.hasSuffix("saved\n"), "\(result)")
      try workspace.remove("saved")
      try workspace.remove("training")
    }
  }

  /// A child inherits which signals are blocked, and threads of tests may block them.
  private func withoutBlockedSignals<Result>(_ body: () throws -> Result) rethrows -> Result {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }
}
