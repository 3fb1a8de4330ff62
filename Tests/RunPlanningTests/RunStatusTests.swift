import Catalogue
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite struct RunStatusTests {
  @Test("every state of a run is told apart")
  func statuses() throws {
    let tiny = try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    func status(_ results: String, revision: String? = nil) -> RunStatus {
      RunStatus.of(tiny, seed: 1, results: results, revision: revision)
    }
    try withTemporaryFolder { results in
      #expect(status(results) == .missing)
      let folder = "\(results)/runs/\(tiny.id)/smoke/seed-1"
      try AtomicFile.write("epoch\n", to: "\(folder)/metrics.csv")
      #expect(status(results) == .interrupted)
      let lock = try RunDirectory(path: folder).lock()
      withExtendedLifetime(lock) { #expect(status(results) == .running) }
      try RunSummary.fixture(tiny, seed: 1, revision: "aaaaaaaaaaaa").write(results: results)
      #expect(status(results) == .done, "the lock's file stays and means nothing")
      #expect(status(results, revision: "aaaaaaaaaaaa") == .done)
      #expect(status(results, revision: "bbbb") == .stale(reason: "made by revision aaaaaaaaa"))
      var other = tiny.configuration
      other.training.epochs += 1
      try RunSummary.fixture(tiny, seed: 1).write(results: results, configuration: other)
      #expect(status(results) == .stale(reason: "another configuration"))
    }
  }

  @Test("a plan counts the hours of unfinished runs")
  func plan() throws {
    let machine = try #require(Machine.all(inFile: RunCostTests.stepTimes).first)
    let image = try ExperimentCatalogue.load().resolve(id: "dfout-lra-image-s4d-lin", preset: .reduced)
    try withTemporaryFolder { results in
      try RunSummary.fixture(image, seed: 2).write(results: results)
      let plan = RunPlan([image], on: machine, results: results, revision: nil)
      #expect(plan.rows.first?.statuses == [.missing, .done, .missing])
      #expect(plan.hoursLeft == 2 * RunCost(image, on: machine).hours)
    }
  }
}
