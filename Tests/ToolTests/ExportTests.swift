import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// Runs in the formats of other programs, with the tools as processes and by Make.
@Suite(.temporaryFolder) struct ExportTests {
  private static let run = "tiny-listops-s4d-lin/smoke/seed-1"

  private func writeRun() throws {
    try RunSummary.fixture(ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke), seed: 1).write(results: folder)
  }

  @Test("results are two files, of one size or of all; written again they are counted as unchanged") func results() throws {
    try writeRun()
    let arguments = ["results", "--results", folder, "--output", "\(folder)/out"]
    let first = try BuiltTool.succeed("export-runs", arguments)
    #expect(first.output == "\(folder)/out/results.csv: written\n\(folder)/out/results.jsonl: written\n")
    let rows = BuiltTool.rows(try String(contentsOfFile: "\(folder)/out/results.csv", encoding: .utf8))
    #expect(!rows.isEmpty && rows.allSatisfy { $0["run"] == Self.run })
    #expect(try BuiltTool.succeed("export-runs", arguments).output == "\(folder)/out: 2 files of results unchanged\n")
    try BuiltTool.succeed("export-runs", arguments + ["--preset", "paper", "--runs", "shipped"])
    #expect(try String(contentsOfFile: "\(folder)/out/results-paper.csv", encoding: .utf8).split(separator: "\n").count == 1)
    #expect(FileManager.default.contents(atPath: "\(folder)/out/results-paper.jsonl") == Data())
  }

  @Test("an export says what run there is none of, and what cannot be exported") func refusals() throws {
    try writeRun()
    let arguments = ["model", "--results", folder, "--output", "\(folder)/out", "--run"]
    try BuiltTool.refuse("export-runs", arguments + [""], status: 64, "no run is named")
    try BuiltTool.refuse("export-runs", arguments + ["tiny-listops-s4d-lin/smoke/seed-2"], status: 66, "there is no run")
    try BuiltTool.refuse("export-runs", arguments + [Self.run], status: 66, "the run has no weights")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
  }

  @Test("make names the run by RUN, or by experiment, preset and seed") func makeTargets() throws {
    let workspace = try MakeWorkspace()
    try workspace.touch("tools/.built-tensorboard")
    let named = ["EXPERIMENT=tiny-listops-hope", "PRESET=smoke", "SEED=3"]
    #expect(
      try workspace.make(["export"] + named).calls == [
        "export-runs model --run tiny-listops-hope/smoke/seed-3 --data data/prepared"
      ])
    #expect(try workspace.make("export", "RUN=a b'c; touch F").calls == ["export-runs model --run a b'c; touch F --data data/prepared"])
    #expect(try workspace.make("tensorboard", "RUN=a/b c/d").calls == ["export-tensorboard --run a/b --run c/d"])
    #expect(try workspace.make("tensorboard").calls == ["export-tensorboard --run "])
    let read = "--catalogue Sources/Catalogue/Experiments"
    #expect(try workspace.make("results").calls == ["export-runs results \(read) --runs own --runs shipped"])
    #expect(
      try workspace.make("results", "PRESET=paper", "RUNS=shipped").calls == ["export-runs results --preset paper \(read) --runs shipped"])
    let burn = try workspace.make("-n", "burn").result.output
    #expect(["results/results*.csv", "results/exports", "results/tensorboard"].allSatisfy(burn.contains))
    #expect(try workspace.make("-n", "tensorboard", "RUN=a", "BIN=other").result.output.contains("SSM_TENSORBOARD=1 swift build"))
  }
}
