import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RunLedgerTests {
  private static let catalogue = Result { try ExperimentCatalogue.shared() }

  private func selection(seeds: [UInt64] = [1, 2]) throws -> [RunSelection.Member] {
    try RunSelection(Self.catalogue.get(), group: "tiny", preset: .smoke, seeds: seeds).members
  }

  private func finish(_ experiment: Experiment, seed: UInt64, wallSeconds: Double, at time: Date = Date()) throws {
    var summary = RunSummary.fixture(experiment, seed: seed)
    summary.wallSeconds = wallSeconds
    try summary.write(results: folder)
    let path = "\(folder)/runs/\(FinishedRun.relativePath(experiment: experiment.id, preset: .smoke, seed: seed))/summary.json"
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
  }

  @Test("runs are counted by the summaries that are there now, whoever made them") func counts() throws {
    let (members, began) = (try selection(), Date())
    let total = 2 * members.count
    try finish(members[0].experiment, seed: 1, wallSeconds: 1, at: began.addingTimeInterval(-100))
    let ledger = RunLedger(goal: "reproduce-tiny", members: members, results: folder, machine: nil, jobs: 2, began: began)
    #expect(ledger.text == "reproduce-tiny: 1 of \(total) runs finished", "a time is said only where a machine was measured")
    try finish(members[1].experiment, seed: 2, wallSeconds: 1, at: began.addingTimeInterval(5))
    #expect(ledger.text == "reproduce-tiny: 2 of \(total) runs finished")
    for member in members {
      for seed in member.seeds { try finish(member.experiment, seed: seed, wallSeconds: 1, at: began.addingTimeInterval(9)) }
    }
    #expect(ledger.text == "reproduce-tiny: all \(total) runs finished")
    let again = RunLedger(
      goal: "x", members: members, results: folder, machine: nil, jobs: 1, again: Set(members[0].paths),
      began: began.addingTimeInterval(60))
    #expect(again.text == "x: \(total - 2) of \(total) runs finished", "what is made again counts when it is there again")
    #expect(RunLedger(goal: "x", members: Array(try selection(seeds: [1]).prefix(1)), results: folder, machine: nil, jobs: 1).text == nil)
  }

  @Test("the time that is left is the expected one, corrected by what runs took, over the jobs") func time() throws {
    let machine = try #require(Machine.all(inFile: RunCostTests.stepTimes).first)
    let (members, began) = (try selection(), Date().addingTimeInterval(-1000))
    func ledger(jobs: Int) -> RunLedger {
      RunLedger(goal: "g", members: members, results: folder, machine: machine, jobs: jobs, began: began)
    }
    let expected = members.map { 2 * 3600 * RunCost($0.experiment, on: machine).hours }.reduce(0, +)
    #expect(ledger(jobs: 1).text == "g: 0 of \(2 * members.count) runs finished, about \(Int(expected.rounded())) s left")
    let first = members[0].experiment
    let own = 3600 * RunCost(first, on: machine).hours
    let one = ledger(jobs: 1), two = ledger(jobs: 2)
    try finish(first, seed: 1, wallSeconds: 120 * own - 2)
    let minutes = 120 * (expected - own) / 60
    #expect(one.text == "g: 1 of \(2 * members.count) runs finished, about \(Int(minutes.rounded())) min left")
    #expect(two.text == "g: 1 of \(2 * members.count) runs finished, about \(Int((minutes / 2).rounded())) min left")
  }
}
