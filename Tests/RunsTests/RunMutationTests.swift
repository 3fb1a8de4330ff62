import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing
import Vocabulary

/// Damaged files of finished runs in front of what reads them for tables and figures: each is refused or read, never more.
@Suite(.temporaryFolder) struct RunMutationTests {
  /// Makes a finished run; its folder's path below that of own runs.
  private func makeRun() throws -> String {
    let tiny = try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    try RunSummary.fixture(tiny, seed: 1).write(results: folder)
    return FinishedRun.relativePath(experiment: tiny.id, preset: .smoke, seed: 1)
  }

  @Test("summary of a run") func summary() throws {
    let path = try makeRun()
    let file = "\(folder)/runs/\(path)/summary.json"
    try Mutation.expectRefusals(200, of: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))), rounds: 600, seed: 41) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      _ = try FinishedRun(path: path, origin: .own, results: folder)
    }
  }

  @Test("metrics of a run") func metrics() throws {
    let path = try makeRun()
    let header = EpochColumn.all(.accuracy).map(\.name).joined(separator: ",")
    let original = Array((header + "\n1,10,0.01,2.3,0.1,2.2,0.15,0.4\n2,20,0.009,2.1,0.2,2.05,0.25,0.8\n").utf8)
    try Mutation.expectRefusals(150, of: original, rounds: 600, seed: 42) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/runs/\(path)/metrics.csv"))
      _ = try FinishedRun(path: path, origin: .own, results: folder).rows(EpochColumn.all(.accuracy))
    }
  }
}
