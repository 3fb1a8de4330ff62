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

  @Test("configuration of a run") func configuration() throws {
    let path = try makeRun()
    let file = "\(folder)/runs/\(path)/configuration.json"
    try Mutation.expectRefusals(200, of: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))), rounds: 600, seed: 43) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      // A run whose configuration nobody understands keeps its result.
      let run = try FinishedRun(path: path, origin: .own, results: folder)
      if run.configuration == nil { throw refusal }
    }
  }

  @Test("identity of a run") func identity() throws {
    let run = RunDirectory(path: folder + "/run")
    func prepare() throws -> String? {
      try run.prepare(configuration: "{}\n", seed: 7, dataCards: [.init(path: "a/card.json", sha256: "0a1b")])
    }
    #expect(try prepare() == nil)
    let original = try Data(contentsOf: URL(fileURLWithPath: run.identity))
    try Mutation.expectRefusals(550, of: [UInt8](original), rounds: 600, seed: 44) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: run.identity))
      guard let moved = try prepare() else { return #expect(Data(bytes) == original) }
      // It is compared, not read: another one is another run's, which is moved aside as it is.
      #expect(FileManager.default.contents(atPath: moved + "/identity.json") == Data(bytes))
      #expect(FileManager.default.contents(atPath: run.identity) == original)
      try FileManager.default.removeItem(atPath: moved)
      throw refusal
    }
  }

  @Test("provenance of a run") func provenance() throws {
    var provenance = Provenance(dataCards: [.init(path: "a/card.json", sha256: "0a1b")], unofficialData: false)
    let process = try RunningProcess()
    provenance.begin(process, firstStep: 0, forced: false, claimRules: [:])
    provenance.finish(wallSeconds: 3)
    let path = folder + "/provenance.json"
    try Mutation.expectRefusals(300, of: [UInt8](Data(try JSONText.encode(provenance).utf8)), rounds: 600, seed: 45) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var read = try JSONText.decode(Provenance.self, fromFile: path, madeBy: "a test")
      let count = read.sittings.count
      read.begin(process, firstStep: 10, forced: true, claimRules: [:])
      read.finish(wallSeconds: 4)
      try AtomicFile.write(try JSONText.encode(read), to: path)
      #expect(read.sittings.count == count + 1)
    }
  }

  private var refusal: StageError { StageError(.badData, "refused", where: "", why: "", fix: "") }

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
