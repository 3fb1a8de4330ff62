import Foundation
import RunSupport
import TestSupport
import Testing

/// What tools do where their standard streams are full, closed, or read no further.
@Suite(.temporaryFolder) struct StandardStreamTests {
  private static let unread = "exec 3>&1; { sleep 0.2; \"$@\" 2>&1 >&3; } | true; exit ${PIPESTATUS[0]}"

  @Test("messages that cannot be written change nothing", arguments: ["\"$@\" 2>/dev/full", "\"$@\" 2>&-", "\"$@\" <&- 2>&-", unread])
  func messages(shell: String) throws {
    let training = try SmallTraining(in: folder)
    let result = try training.run(shell)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try training.summary().testLoss > 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: training.output + ".lock")).isEmpty)
  }

  @Test("an error keeps its code on a full disk")
  func error() throws {
    let result = try ProcessResult.run("/bin/sh", ["-c", "\"$0\" select none --preset smoke 2>/dev/full", BuiltTool.path("plan-runs")])
    #expect(result.status == 64)
  }

  @Test("results that cannot be written are an error", arguments: ["\"$@\" >/dev/full", "\"$@\" >&-"])
  func results(shell: String) throws {
    for arguments in [["list"], ["--help"], ["resolve", "--experiment", "tfb-waves-1", "--preset", "smoke"]] {
      let result = try ProcessResult.run("/bin/sh", ["-c", shell, "sh", BuiltTool.path("plan-runs")] + arguments)
      #expect(result.status == 74 && result.errors.contains("where: standard output"), "\(arguments): \(result.status) \(result.errors)")
    }
  }

  @Test("who has read enough of the results ends a tool without a word")
  func closedPipe() throws {
    let script = "\"$0\" list | head -1; echo ${PIPESTATUS[0]}"
    let result = try ProcessResult.run("/bin/bash", ["-c", script, BuiltTool.path("plan-runs")])
    #expect(result.errors == "" && ["0", "141"].contains(result.output.split(separator: "\n").last ?? ""), "\(result)")
  }

  @Test("a limit of file sizes is an error of the write that meets it")
  func fileSizeLimit() throws {
    let result = try SmallTraining(in: folder).run("ulimit -f 0; exec \"$@\"")
    #expect(result.status == 74 && result.errors.contains("File too large"), "\(result)")
  }
}
