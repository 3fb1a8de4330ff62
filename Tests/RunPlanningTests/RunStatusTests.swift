import Catalogue
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RunStatusTests {
  @Test("every state of a run is told apart")
  func statuses() throws {
    let tiny = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    func status(revision: String? = nil) -> RunStatus { RunStatus.of(tiny, seed: 1, results: folder, revision: revision) }
    #expect(status() == .missing)
    let run = "\(folder)/runs/\(tiny.id)/smoke/seed-1"
    try AtomicFile.write("epoch\n", to: "\(run)/metrics.csv")
    #expect(status() == .interrupted)
    do {
      let lease = try RunDirectory(path: run).lease()
      withExtendedLifetime(lease) { #expect(status() == .running(job: LeaseOwner(holdsLock: true, renewal: 30).text)) }
    }
    do {
      let lock = try FileLock(path: run + ".lock", holder: "training, in an earlier version")
      withExtendedLifetime(lock) { #expect(status() == .running()) }
    }
    try RunSummary.fixture(tiny, seed: 1, revision: "aaaaaaaaaaaa").write(results: folder)
    #expect(status() == .done, "the lock's file stays and means nothing")
    #expect(status(revision: "aaaaaaaaaaaa") == .done)
    #expect(status(revision: "bbbb") == .stale(reason: "made by revision aaaaaaaaa"))
    var other = tiny.configuration
    other.training.epochs += 1
    try RunSummary.fixture(tiny, seed: 1).write(results: folder, configuration: other)
    #expect(status() == .stale(reason: "another configuration"))
  }

  @Test("a plan counts the hours of unfinished runs")
  func plan() throws {
    let machine = try #require(Machine.all(inFile: RunCostTests.stepTimes).first)
    let image = try ExperimentCatalogue.shared().resolve(id: "dfout-lra-image-s4d-lin", preset: .reduced)
    try RunSummary.fixture(image, seed: 2).write(results: folder)
    let plan = RunPlan([image], on: machine, results: folder, revision: nil)
    #expect(plan.rows.first?.statuses == [.missing, .done, .missing])
    #expect(plan.hoursLeft == 2 * RunCost(image, on: machine).hours)
  }
}
