import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// Finished runs as a user names them.
@Suite(.temporaryFolder) struct FinishedRunNameTests {
  private static let path = "tiny-listops-s4d-lin/smoke/seed-1"

  private func fixture() throws -> RunSummary {
    RunSummary.fixture(try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke), seed: 1)
  }

  private func run(_ name: String) throws -> FinishedRun { try FinishedRun(named: name, results: folder) }

  @Test("by experiment, preset and seed, own ones first; or by the folder") func named() throws {
    try fixture().write(results: folder, origin: .shipped)
    #expect(try run(Self.path).origin == .shipped)
    try fixture().write(results: folder)
    #expect(try run(Self.path).origin == .own)
    for path in ["\(folder)/shipped/\(Self.path)", "\(folder)/shipped/\(Self.path)/"] {
      let found = try FinishedRun(named: path, results: "elsewhere")
      #expect(found.origin == .shipped && found.directory == "\(folder)/shipped/\(Self.path)")
    }
  }

  @Test("what is no name, no run or not finished says so, and what to type") func refused() throws {
    func error(_ name: String) -> StageError? { stageError { _ = try run(name) } }
    for name in [
      "", "tiny-listops-s4d-lin", "tiny-listops-s4d-lin/smoke", "a/b/seed-x", "x/\(Self.path)", "\(folder)/runs/\(Self.path)/..",
    ] {
      #expect(error(name)?.code == .usage, "\(name)")
    }
    #expect(error(Self.path)?.remedy.hasPrefix("make run EXPERIMENT=tiny-listops-s4d-lin SEED=1 PRESET=smoke makes it") == true)
    try AtomicFile.makeDirectory("\(folder)/runs/\(Self.path)")
    let unfinished = error(Self.path)
    #expect(unfinished?.code == .missingInput && unfinished?.what == "the run \(Self.path) is not finished")
    #expect(unfinished?.remedy.hasSuffix("PRESET=smoke continues it") == true)
    #expect(error("tiny-listops-s4d-lni/smoke/seed-1")?.remedy == "did you mean tiny-listops-s4d-lin?")
  }

  @Test("a changed file is named") func changed() throws {
    var summary = try fixture()
    summary.files = ["metrics.csv": "00"]
    try summary.write(results: folder)
    #expect(stageError { _ = try run(Self.path) }?.location == "\(folder)/runs/\(Self.path)/metrics.csv")
  }
}
