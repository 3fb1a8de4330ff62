import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct FinishedRunsTests {
  private func tiny() throws -> Experiment { try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke) }

  @Test("own runs come before shipped ones of the same seed")
  func ownFirst() throws {
    let tiny = try tiny()
    try RunSummary.fixture(tiny, seed: 1, value: 0.25).write(results: folder)
    try RunSummary.fixture(tiny, seed: 1, value: 0.75).write(results: folder, origin: .shipped)
    try RunSummary.fixture(tiny, seed: 2, value: 0.5).write(results: folder, origin: .shipped)
    #expect(FinishedRuns(results: folder).runs(of: tiny).map(\.summary.value) == [0.25, 0.5])
    #expect(FinishedRuns(results: folder, origins: [.shipped]).runs(of: tiny).map(\.summary.value) == [0.75, 0.5])
    #expect(FinishedRuns(results: folder, origins: [.own]).runs(of: tiny).count == 1)
  }

  @Test("runs that were moved aside and runs on stand-ins do not count")
  func ignored() throws {
    let tiny = try tiny()
    var standIn = RunSummary.fixture(tiny, seed: 1)
    standIn.standIn = true
    try standIn.write(results: folder)
    let aside = try JSONText.encode(RunSummary.fixture(tiny, seed: 2))
    try AtomicFile.write(aside, to: "\(folder)/runs/\(tiny.id)/smoke/seed-2.replaced-0123/summary.json")
    #expect(FinishedRuns(results: folder).runs(of: tiny).isEmpty)
  }

  @Test("a summary in another run's folder, or one that cannot be read, is passed over with a reason; the others count")
  func badSummaries() throws {
    let tiny = try tiny()
    let runsFolder = "\(folder)/runs/\(tiny.id)/smoke"
    try AtomicFile.write(try JSONText.encode(RunSummary.fixture(tiny, seed: 1)), to: "\(runsFolder)/seed-2/summary.json")
    try AtomicFile.write("{}", to: "\(runsFolder)/seed-3/summary.json")
    try RunSummary.fixture(tiny, seed: 4).write(results: folder)
    let runs = FinishedRuns(results: folder)
    #expect(runs.problems.map(\.location) == ["\(runsFolder)/seed-2", "\(runsFolder)/seed-3/summary.json"])
    #expect(runs.problems.map(\.why) == ["its summary says tiny-listops-s4d-lin/smoke/seed-1", "key experiment is missing"])
    #expect(runs.runs(of: tiny).map(\.summary.seed) == [4])
  }

  @Test("runs of another configuration do not count, and hide no shipped run of the right one")
  func otherConfiguration() throws {
    let tiny = try tiny()
    var other = tiny.configuration
    other.training.epochs += 1
    try RunSummary.fixture(tiny, seed: 1).write(results: folder, configuration: other)
    try RunSummary.fixture(tiny, seed: 1, value: 0.75).write(results: folder, origin: .shipped)
    try RunSummary.fixture(tiny, seed: 2).write(results: folder)
    try FileManager.default.removeItem(atPath: "\(folder)/runs/\(tiny.id)/smoke/seed-2/configuration.json")
    let runs = FinishedRuns(results: folder)
    #expect(runs.runs(of: tiny).map(\.summary.value) == [0.75])
    #expect(runs.outdatedRuns(of: tiny).map(\.summary.seed) == [1, 2])
  }

  @Test("no results at all are no runs")
  func empty() throws {
    #expect(FinishedRuns(results: "/nowhere").runs(of: try tiny()).isEmpty)
  }
}
