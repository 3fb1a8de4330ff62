import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// `make ship`, `make verify` and `RUNS=shipped`.
@Suite(.temporaryFolder) struct ShipRunsTests {
  private static let path = "tiny-listops-s4d-lin/smoke/seed-1"

  private func writeRun(in results: String, _ preset: Preset = .smoke) throws {
    let experiment = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: preset)
    try FinishedRunFixture(experiment, seed: 1).write(results: results)
  }

  @Test("a run that was shipped has the same bits; a changed digit is named by every tool that reads it") func tools() throws {
    try writeRun(in: folder)
    let nothing = try BuiltTool.succeed("ship-runs", ["copy", "--results", folder])
    #expect(nothing.output.contains("0 written, 0 unchanged, 0 left out"), "preset smoke is no evidence: \(nothing)")
    let copied = try BuiltTool.succeed("ship-runs", ["copy", "--results", folder, "--preset", "smoke"])
    #expect(copied.output.hasPrefix("\(Self.path): shipped\n"), "\(copied)")
    let verified = try BuiltTool.succeed("ship-runs", ["verify", "--results", folder])
    #expect(verified.output == "\(Self.path): same bits\nverify: 1 shipped runs; 1 same bits, 0 not made here\n", "\(verified)")
    let tables = ["--preset", "smoke", "--results", folder, "--runs", "shipped"]
    try BuiltTool.succeed("make-tables", ["tiny", "--output", "\(folder)/tables"] + tables)
    #expect(try String(contentsOfFile: "\(folder)/tables/tiny-smoke.csv", encoding: .utf8).contains("tiny-listops-s4d-lin"))
    let file = "\(folder)/shipped/\(Self.path)/metrics.csv"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try AtomicFile.write(text.replacing("0.15", with: "0.16"), to: file)
    try BuiltTool.refuse("ship-runs", ["verify", "--results", folder], status: 65, "\(file) is not the file that was shipped")
    try BuiltTool.refuse("make-tables", ["tiny", "--output", "\(folder)/tables"] + tables, status: 65, file)
    try BuiltTool.refuse("make-figures", ["analytic", "--input", "\(folder)/shipped/analytic", "--output", folder], status: 65, file)
  }

  @Test("RUNS=shipped means every preset that has shipped runs, and shipped tables without training") func presets() throws {
    let workspace = try MakeWorkspace()
    func calls(_ arguments: String...) throws -> [String] {
      let (result, calls) = try workspace.make(arguments)
      #expect(result.status == 0, "\(result)")
      return calls.map { $0.replacing("--catalogue Sources/Catalogue/Experiments --results results ", with: "") }
    }
    #expect(try calls("tables", "RUNS=shipped") == ["make-tables --preset reduced --runs shipped --output results/tables"])
    for preset in ["paper", "smoke"] { try workspace.touch("results/shipped/tiny-listops-s4d-lin/\(preset)/seed-1/summary.json") }
    #expect(
      try calls("tables", "RUNS=shipped")
        == ["paper", "smoke"].map { "make-tables --preset \($0) --runs shipped --output results/tables" })
    #expect(
      try calls("tables", "RUNS=shipped", "PRESET=reduced") == ["make-tables --preset reduced --runs shipped --output results/tables"])
    #expect(try calls("tables").count == 1)
    try workspace.touch("results/shipped/analytic/a.csv")
    #expect(try calls("figures", "RUNS=shipped").last == "make-figures analytic --input results/shipped/analytic --output paper-figures")
    #expect(try calls("figures").last == "make-figures analytic --input results/shipped/analytic --output paper-figures")
    #expect(try calls("figures", "RUNS=own").last == "make-figures analytic --input results/analytic --output paper-figures")
    try workspace.touch("results/analytic/a.csv")
    #expect(try calls("figures").last == "make-figures analytic --input results/analytic --output paper-figures")
    #expect(try calls("figures", "RUNS=shipped").last == "make-figures analytic --input results/shipped/analytic --output paper-figures")
    #expect(
      try calls("ship", "PRESET=smoke", "FROM=a b/results")
        == ["ship-runs copy --preset smoke --catalogue Sources/Catalogue/Experiments --from a b/results"])
    #expect(try calls("verify") == ["ship-runs verify --catalogue Sources/Catalogue/Experiments"])
  }
}
