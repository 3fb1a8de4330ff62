import Catalogue
import Documents
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing
import Vocabulary

@Suite(.temporaryFolder) struct GroupTableTests {
  @Test("the Markdown table shows ours beside the published value, or the command that is missing")
  func markdown() throws {
    let catalogue = try fixtureResults()
    let table = GroupTable(group: "lra", preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    #expect(
      table.markdown == """
        # Long Range Arena

        Preset `smoke`, a cut-down configuration: published values are printed for orientation and are not comparable.
        Results on the test split at the epoch with the best validation; ± is the standard deviation over seeds; chance is the share of the
        most frequent class, of errors that of always answering with the mean. A cell without a run names the command that fills it.

        | Experiment | Metric | Ours | Seeds | Chance | Published | Published cell |
        | --- | --- | --- | --- | --- | --- | --- |
        | S4D-Lin on LRA Image | accuracy % | `make run EXPERIMENT=dfout-lra-image-s4d-lin SEED=1 PRESET=smoke` |  |  | 87.93 | DFOUT, Table 1: S4D-Lin, Image |
        | S4D-Lin on LRA ListOps | accuracy % | 30.00 ± 7.07 (mean, smoke, unofficial data) | 1 2 | 12.50 | 60.52 | DFOUT, Table 1: S4D-Lin, ListOps |

        ## Provenance

        - own run dfout-lra-listops-s4d-lin/smoke/seed-1: 25.00 %, revision 0123456789ab, fingerprint feedfeedfeed, data lra/some/card.json (cafecafecafe), 12 s, 346 MB
        - own run dfout-lra-listops-s4d-lin/smoke/seed-2: 35.00 %, revision 0123456789ab with uncommitted changes, fingerprint feedfeedfeed, data lra/some/card.json (cafecafecafe), 12 s, 346 MB

        """)
  }

  @Test("the CSV table holds the same numbers")
  func csv() throws {
    let catalogue = try fixtureResults()
    let table = GroupTable(group: "lra", preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    let csv = try CSVTable(text: table.csv, path: "lra.csv", fix: "-")
    func column(_ name: String) throws -> [String] { try csv.rows.map { $0[try csv.index(of: name)] } }
    #expect(try column("value") == ["", "30.00"])
    #expect(try column("deviation") == ["", "7.07"])
    #expect(try column("seeds") == ["", "1 2"])
    #expect(try column("published") == ["87.93", "60.52"])
    #expect(try column("data") == ["", "unofficial"])
    #expect(try column("preset") == ["smoke", "smoke"])
    #expect(try column("command") == ["make run EXPERIMENT=dfout-lra-image-s4d-lin SEED=1 PRESET=smoke", ""])
  }

  @Test("errors are plain numbers, and a probe's result stands beside its own cell")
  func errorsAndProbes() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let speech = try catalogue.resolve(id: "dfout-speech-commands", preset: .smoke)
    let hr = try #require(catalogue.experiments(at: .smoke).first { $0.group == "bidmc" })
    try writeRun(of: speech, seed: 1, value: 0.5, unofficialData: false, results: folder) {
      $0.probes = [RunSummary.ProbeResult(name: "8khz", value: 0.25, loss: 1)]
    }
    try writeRun(of: hr, seed: 1, value: 0.41234, unofficialData: false, results: folder) { $0.metric = .rootMeanSquaredError }
    let runs = FinishedRuns(results: folder)
    let table = GroupTable(group: "speech-commands", preset: .smoke, catalogue: catalogue, runs: runs).markdown
    #expect(table.contains("| S4D-DFouT on Speech Commands | accuracy % | 50.00 (one seed, smoke) | 1 | 12.50 | 96.07 ± 0.19 | "))
    #expect(table.contains("| S4D-DFouT on Speech Commands (8khz) | accuracy % | 25.00 (one seed, smoke) | 1 |  | 93.85 ± 0.27 | "))
    let errors = GroupTable(group: "bidmc", preset: .smoke, catalogue: catalogue, runs: runs).markdown
    #expect(errors.contains("| \(hr.title) | rmse | 0.4123 (one seed, smoke) | 1 | 0.125 | 0."))
  }

  @Test("presets are never mixed: runs of one preset are no results of another")
  func presetsApart() throws {
    let catalogue = try fixtureResults()
    let table = GroupTable(group: "lra", preset: .reduced, catalogue: catalogue, runs: FinishedRuns(results: folder))
    #expect(table.markdown.contains("No run is finished."))
    #expect(!table.markdown.contains("30.00"))
  }

  @Test("a run of another configuration enters no number; it is missing and named as left out")
  func otherConfiguration() throws {
    let catalogue = try fixtureResults()
    let path = "dfout-lra-listops-s4d-lin/smoke/seed-2"
    var other = try catalogue.resolve(id: "dfout-lra-listops-s4d-lin", preset: .smoke).configuration
    other.training.epochs += 1
    try AtomicFile.write(try JSONText.encode(other), to: "\(folder)/runs/\(path)/configuration.json")
    let table = GroupTable(group: "lra", preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    #expect(table.markdown.contains("| 25.00 (one seed, smoke, unofficial data) | 1 |"))
    #expect(table.markdown.contains("- own run \(path): left out: another configuration\n"))
  }

  @Test("seeds that are not finished are named")
  func missingSeeds() throws {
    let catalogue = try smallCatalogue()
    let image = try catalogue.resolve(id: "dfout-lra-image-s4d-lin", preset: .reduced)
    try writeRun(of: image, seed: 2, value: 0.4, unofficialData: false, results: folder)
    let result = ExperimentResult(image, runs: FinishedRuns(results: folder))
    #expect(result.missingSeeds() == [1, 3])
    #expect(result.command() == "make run EXPERIMENT=dfout-lra-image-s4d-lin SEED=1 PRESET=reduced")
    let table = GroupTable(group: "lra", preset: .reduced, catalogue: catalogue, runs: FinishedRuns(results: folder))
    #expect(table.markdown.contains("| 40.00 (one seed, reduced) | 2 (missing: 1 3) |"))
  }

  @Test("a run without a result of the probe does not count for it")
  func missingProbe() throws {
    let image = try smallCatalogue().resolve(id: "dfout-lra-image-s4d-lin", preset: .reduced)
    for seed in UInt64(1)...2 {
      try writeRun(of: image, seed: seed, value: 0.4, unofficialData: false, results: folder) { summary in
        if seed == 2 { summary.probes = [.init(name: "half", value: 0.3, loss: 1)] }
      }
    }
    let result = ExperimentResult(image, runs: FinishedRuns(results: folder))
    #expect(result.missingSeeds() == [3] && result.seeds("half") == [2] && result.missingSeeds("half") == [1, 3])
    #expect(result.value("half") == 0.3 && result.deviation("half") == nil)
    #expect(result.command("half") == "make run EXPERIMENT=dfout-lra-image-s4d-lin SEED=1 PRESET=reduced")
  }
}
