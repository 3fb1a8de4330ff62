import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PreparePathfinderTests {
  private static func arguments(_ output: String) -> [String] {
    [
      "preprocess", "--task", "pathfinder", "--source", "generated", "--resolution", "256", "--contour-length", "3", "--distractors", "1",
      "--count", "200", "--seed", "4", "--output", output,
    ]
  }

  /// Four parts of 64 pictures; the kills come before, between and behind the first of them, wherever the machine's speed puts them.
  @Test("killed again and again, then left alone: the same bytes as without") func killed() throws {
    try BuiltTool.succeed("prepare-lra", Self.arguments(folder + "/whole"))
    for milliseconds in [30, 400, 1100, 2300] as [UInt32] {
      let tool = try RunningTool("prepare-lra", Self.arguments(folder + "/killed"))
      usleep(milliseconds * 1000)
      tool.send(SIGKILL)
      _ = tool.finish()
    }
    try BuiltTool.succeed("prepare-lra", Self.arguments(folder + "/killed"))
    #expect(try files(folder + "/whole") == files(folder + "/killed"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["killed", "whole"], "nothing is left over")
  }

  @Test("impossible numbers end with 78 and name the option") func impossible() throws {
    try BuiltTool.refuse(
      "prepare-lra", ["preprocess", "--task", "pathfinder", "--resolution", "48", "--output", "/nowhere/p"], status: 78,
      "where: --resolution")
  }
}
