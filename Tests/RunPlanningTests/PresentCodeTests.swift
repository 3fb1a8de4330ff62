import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PresentCodeTests {
  @Test("other code is told by its revision; uncommitted code by executables that are newer than the run") func difference() throws {
    let tiny = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    try RunSummary.fixture(tiny, seed: 1, revision: "aaaaaaaaaaaa").write(results: folder)
    let run = try FinishedRun(path: "\(tiny.id)/smoke/seed-1", origin: .own, results: folder)
    let tool = "\(folder)/train-model"
    try AtomicFile.write("", to: tool)
    func difference(_ revision: String, dirty: Bool = false, builtAfter seconds: Double) throws -> String? {
      let finished = try #require(FileManager.default.attributesOfItem(atPath: "\(run.directory)/summary.json")[.modificationDate] as? Date)
      try FileManager.default.setAttributes([.modificationDate: finished.addingTimeInterval(seconds)], ofItemAtPath: tool)
      return PresentCode(CodeRevision(revision: revision, isDirty: dirty), executable: tool).difference(from: run)
    }
    #expect(try difference("aaaaaaaaaaaa", builtAfter: 5) == nil)
    #expect(try difference("bbbbbbbbbbbb", builtAfter: -5) == "revision aaaaaaaaa, the code here is bbbbbbbbb")
    #expect(try difference("aaaaaaaaaaaa", dirty: true, builtAfter: -5) == nil)
    #expect(try difference("aaaaaaaaaaaa", dirty: true, builtAfter: 5) == "uncommitted code, and the executables were built after it")
    #expect(try difference(CodeRevision.unknown, builtAfter: 5) == nil)
  }
}
