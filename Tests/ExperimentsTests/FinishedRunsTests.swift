import Experiments
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite struct FinishedRunsTests {
  private func tiny() throws -> Experiment { try Catalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke) }

  @Test("own runs come before shipped ones of the same seed")
  func ownFirst() throws {
    let tiny = try tiny()
    try withTemporaryFolder { results in
      try RunSummary.fixture(tiny, seed: 1, value: 0.25).write(results: results)
      try RunSummary.fixture(tiny, seed: 1, value: 0.75).write(results: results, origin: .shipped)
      try RunSummary.fixture(tiny, seed: 2, value: 0.5).write(results: results, origin: .shipped)
      #expect(try FinishedRuns(results: results).runs(of: tiny).map(\.summary.value) == [0.25, 0.5])
      #expect(try FinishedRuns(results: results, origins: [.shipped]).runs(of: tiny).map(\.summary.value) == [0.75, 0.5])
      #expect(try FinishedRuns(results: results, origins: [.own]).runs(of: tiny).count == 1)
    }
  }

  @Test("runs that were moved aside and runs on stand-ins do not count")
  func ignored() throws {
    let tiny = try tiny()
    try withTemporaryFolder { results in
      var standIn = RunSummary.fixture(tiny, seed: 1)
      standIn.standIn = true
      try standIn.write(results: results)
      let aside = try JSONText.encode(RunSummary.fixture(tiny, seed: 2))
      try AtomicFile.write(aside, to: "\(results)/runs/\(tiny.id)/smoke/seed-2.replaced-0123/summary.json")
      #expect(try FinishedRuns(results: results).runs(of: tiny).isEmpty)
    }
  }

  @Test("a summary in another run's folder is refused")
  func wrongFolder() throws {
    let tiny = try tiny()
    try withTemporaryFolder { results in
      let text = try JSONText.encode(RunSummary.fixture(tiny, seed: 1))
      try AtomicFile.write(text, to: "\(results)/runs/\(tiny.id)/smoke/seed-2/summary.json")
      let error = #expect(throws: StageError.self) { _ = try FinishedRuns(results: results) }
      #expect(error?.code == .badData)
      #expect(error?.why == "its summary says tiny-listops-s4d-lin/smoke/seed-1")
    }
  }

  @Test("no results at all are no runs")
  func empty() throws {
    #expect(try FinishedRuns(results: "/nowhere").runs(of: tiny()).isEmpty)
  }

  @Test("every state of a run is told apart")
  func statuses() throws {
    let tiny = try tiny()
    func status(_ results: String, revision: String? = nil, after seconds: TimeInterval = 0) -> RunStatus {
      RunStatus.of(tiny, seed: 1, results: results, revision: revision, now: Date().addingTimeInterval(seconds))
    }
    try withTemporaryFolder { results in
      #expect(status(results) == .missing)
      let folder = "\(results)/runs/\(tiny.id)/smoke/seed-1"
      try AtomicFile.write("epoch\n", to: "\(folder)/metrics.csv")
      #expect(status(results) == .running)
      #expect(status(results, after: 600) == .interrupted)
      try RunSummary.fixture(tiny, seed: 1, revision: "aaaaaaaaaaaa").write(results: results)
      #expect(status(results) == .done)
      #expect(status(results, revision: "aaaaaaaaaaaa") == .done)
      #expect(status(results, revision: "bbbb") == .stale(reason: "made by revision aaaaaaaaa"))
      var other = tiny.configuration
      other.training.epochs += 1
      try AtomicFile.write(try JSONText.encode(other), to: "\(folder)/configuration.json")
      #expect(status(results) == .stale(reason: "another configuration"))
    }
  }

  @Test("a plan counts the hours of unfinished runs")
  func plan() throws {
    let image = try Catalogue.load().resolve(id: "dfout-lra-image-s4d-lin", preset: .reduced)
    try withTemporaryFolder { results in
      try RunSummary.fixture(image, seed: 2).write(results: results)
      let plan = RunPlan([image], results: results, revision: nil)
      #expect(plan.rows.first?.statuses == [.missing, .done, .missing])
      #expect(plan.hoursLeft == 2 * image.expectedHours)
    }
  }
}
