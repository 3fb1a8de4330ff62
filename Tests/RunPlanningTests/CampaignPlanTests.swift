import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct CampaignPlanTests {
  private static let text = """
    large: {title: b, preset: reduced, seeds: [2], experiments: [tiny-listops-tfb]}
    small: {title: a, preset: smoke, seeds: [1, 2], experiments: [tiny-listops-tfb, tiny-listops-hope]}
    """

  /// The catalogue with that campaign in place of its own.
  private func catalogue() throws -> ExperimentCatalogue {
    let copy = "\(folder)/catalogue"
    if !FileManager.default.fileExists(atPath: copy) {
      try ExperimentCatalogue.copySmall(to: copy)
      try AtomicFile.write(Self.text, to: "\(copy)/campaign.yaml")
    }
    return try ExperimentCatalogue.load(directory: copy)
  }

  private func goal(tasks: [String] = [], seeds: [UInt64] = []) throws -> MakeGoal {
    try MakeGoal("campaign", in: catalogue(), preset: .paper, tasks: tasks, seeds: seeds, results: folder)
  }

  private func write(_ id: String, seed: UInt64, _ origin: FinishedRun.Origin, epochs: Int = 0) throws {
    let experiment = try catalogue().resolve(id: id, preset: .smoke)
    var configuration = experiment.configuration
    configuration.training.epochs += epochs
    try RunSummary.fixture(experiment, seed: seed).write(results: folder, origin: origin, configuration: configuration)
  }

  @Test("the campaign trains what is not shipped, in its order; finished runs stay with Make") func order() throws {
    let all = [
      "tiny-listops-tfb/reduced/seed-2", "tiny-listops-tfb/smoke/seed-1", "tiny-listops-tfb/smoke/seed-2", "tiny-listops-hope/smoke/seed-1",
      "tiny-listops-hope/smoke/seed-2",
    ]
    #expect(try goal().members.flatMap(\.paths) == all)
    try write("tiny-listops-tfb", seed: 1, .shipped)
    try write("tiny-listops-hope", seed: 2, .own)
    try write("tiny-listops-hope", seed: 1, .shipped, epochs: 1)
    #expect(
      try goal().members.flatMap(\.paths) == all.filter { $0 != "tiny-listops-tfb/smoke/seed-1" }, "one of another configuration counts not"
    )
    #expect(try goal(tasks: ["small"]).members.flatMap(\.paths).count == 3)
  }

  @Test("rules name the runs in this order, and each preset's configurations are resolved by one call") func rules() throws {
    let goal = try goal()
    let lines = try MakeRules(goal.members, results: folder).text.split(separator: "\n").map(String.init)
    #expect(
      lines.contains("runs-and-data: " + goal.members.flatMap(\.paths).map { "\(folder)/runs/\($0)/summary.json" }.joined(separator: " ")))
    let calls = lines.filter { $0.hasPrefix("\t$(resolve)") }
    #expect(calls.count == 2)
    #expect(calls.first?.hasSuffix("--preset smoke --folder \(folder)/resolved --experiment tiny-listops-tfb tiny-listops-hope") == true)
    #expect(calls.last?.hasSuffix("--preset reduced --folder \(folder)/resolved --experiment tiny-listops-tfb") == true)
  }

  @Test("hours are those of what is missing") func hours() throws {
    let machine = try #require(Machine.all(inFile: RunCostTests.stepTimes).first)
    try write("tiny-listops-tfb", seed: 1, .shipped)
    try write("tiny-listops-tfb", seed: 1, .own)
    try write("tiny-listops-hope", seed: 2, .own)
    let catalogue = try catalogue()
    let rows = try CampaignPlan(Campaign(of: catalogue), on: machine, results: folder).rows
    #expect(rows.map(\.name) == ["large", "small"])
    #expect(rows.map { [$0.runCount, $0.shippedCount, $0.finishedCount, $0.countLeft] } == [[1, 0, 0, 1], [4, 1, 1, 2]])
    let costs = try ["tfb", "hope"].map { RunCost(try catalogue.resolve(id: "tiny-listops-\($0)", preset: .smoke), on: machine).hours }
    #expect(abs(rows[1].hoursLeft - costs.reduce(0, +)) < 1e-12 && abs(rows[1].hours - 2 * costs.reduce(0, +)) < 1e-12)
    #expect(try CampaignPlan(Campaign(of: catalogue), entries: ["large"], on: machine, results: folder).rows.map(\.name) == ["large"])
  }

  @Test("unknown entries and seeds from outside are refused") func refusals() throws {
    let entry = #expect(throws: StageError.self) { _ = try goal(tasks: ["smal"]) }
    #expect(entry?.code == .usage && entry?.remedy == "did you mean small?")
    let seeds = #expect(throws: StageError.self) { _ = try goal(seeds: [1]) }
    #expect(seeds?.code == .usage && seeds?.location == "SEEDS")
  }
}
