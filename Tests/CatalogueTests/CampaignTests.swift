import Catalogue
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct CampaignTests {
  private func campaign(_ text: String) throws -> Campaign {
    let twin =
      "base: tiny-listops-s4d-lin\nid: tiny-listops-twin-<epochs>\nvary: {training.epochs: [3, 4]}\nsources: {training.epochs: a test}\n"
    try makeCatalogue(files: ["campaign.yaml": text, "tiny/tiny-listops-twin.yaml": twin])
    return try Campaign(of: ExperimentCatalogue.load(directory: folder))
  }

  private func runs(_ campaign: Campaign) -> [String] {
    campaign.entries.flatMap { entry in entry.runs.map { "\(entry.name) \($0.experiment.id)/\(entry.preset.rawValue) \($0.seeds)" } }
  }

  @Test("entries keep their order; a pattern means several experiments, and a run belongs to the first entry that names it") func order()
    throws
  {
    let campaign = try campaign(
      """
      second: {title: b, preset: reduced, seeds: [2, 1], experiments: [tiny-listops-twin-4, tiny-listops-s4d-lin]}
      first: {title: a, preset: reduced, seeds: [1, 3], experiments: [tiny-*]}
      again: {title: c, preset: smoke, seeds: [1], experiments: [tiny-listops-s4d-lin, "tiny-*-lin"]}
      """)
    #expect(
      runs(campaign) == [
        "second tiny-listops-twin-4/reduced [2, 1]", "second tiny-listops-s4d-lin/reduced [2, 1]",
        "first tiny-listops-s4d-lin/reduced [3]", "first tiny-listops-twin-3/reduced [1, 3]", "first tiny-listops-twin-4/reduced [3]",
        "again tiny-listops-s4d-lin/smoke [1]",
      ])
  }

  @Test(
    "a mistake is named with its line",
    arguments: [
      ("seeds: [1]", "seeds: [100]", "impossible value"), ("seeds: [1]", "seeds: [-1]", "impossible value"),
      ("[tiny-listops-s4d-lin]", "[tiny-listop-s4d-lin]", "unknown experiment tiny-listop-s4d-lin"),
      ("[tiny-listops-s4d-lin]", "[\"dfout-*\"]", "the pattern dfout-* fits no experiment"),
      ("preset: smoke", "preset: small", "unknown value `small`"), ("title: a", "titel: a", "unknown key"),
      ("title: a, ", "", "the key a.title is missing"),
    ])
  func mistakes(old: String, new: String, what: String) throws {
    let text = "# A test\na: {title: a, preset: smoke, seeds: [1], experiments: [tiny-listops-s4d-lin]}\n"
    #expect(try campaign(text).entries.count == 1)
    let error = #expect(throws: StageError.self) { try campaign(text.replacingOccurrences(of: old, with: new)) }
    #expect(error?.code == .badConfiguration && error?.what.hasPrefix(what) == true, "\(String(describing: error))")
    #expect(error?.location.contains("campaign.yaml, line 2") == true, "\(String(describing: error))")
  }

  @Test("without its file there is no campaign") func missing() throws {
    try makeCatalogue()
    let error = #expect(throws: StageError.self) { try Campaign(of: ExperimentCatalogue.load(directory: folder)) }
    #expect(error?.code == .missingInput)
  }

  @Test("the campaign of the project names experiments that there are, each run once") func own() throws {
    let campaign = try Campaign(of: ExperimentCatalogue.load())
    let runs = campaign.entries.flatMap { entry in
      entry.runs.flatMap { run in run.seeds.map { "\(run.experiment.id)/\(run.experiment.preset.rawValue)/\($0)" } }
    }
    #expect(runs.count >= 80 && Set(runs).count == runs.count)
    #expect(campaign.entries.allSatisfy { !$0.runs.isEmpty && $0.preset != .smoke })
  }
}
