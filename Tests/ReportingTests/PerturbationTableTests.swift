import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

/// Trained models with changed systems, as a table.
@Suite(.temporaryFolder) struct PerturbationTableTests {
  @Test("medians and ranges of every size in the metric's unit; any measured run enters, and models of the figure name their commands")
  func rows() throws {
    let catalogue = try ExperimentCatalogue.shared()
    for id in ["hope-scifar", "dfout-scifar-s4d-lin"] {
      try writeWholeRun(of: try catalogue.resolve(id: id, preset: .smoke), seed: 1, results: folder)
    }
    let tables = ResultTables(preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    let document = try #require(try tables.document("hope-trained-perturbation"))
    let csv = try CSVTable(text: document.csv, path: "-", fix: "-")
    for id in ["hope-scifar", "dfout-scifar-s4d-lin"] {
      let rows = csv.rows.filter { $0[0] == id }
      #expect(rows.map { $0[3] } == ["0.0", "0.0001", "0.001", "0.01", "0.1"])
      #expect(rows[0][4...6] == ["1", "50.00", "50.00"])
      #expect(rows[4][4...] == ["3", "30.00", "20.00", "40.00", "0.2", "0.1", "0.3", "5", ""])
    }
    let missing = try #require(csv.rows.first { $0[0] == "hope-noisy-scifar-s4d" })
    #expect(missing.last == "make perturb EXPERIMENT=hope-noisy-scifar-s4d SEED=1 PRESET=smoke")
    #expect(document.markdown.contains("30.00 (20.00–40.00)") && document.markdown.contains("as trained"))
  }

  @Test("`make reproduce-perturbation` measures the models of the figure")
  func makeGoal() throws {
    let rules = try String(contentsOfFile: "\(Fixtures.repository)/scripts/runs.mk", encoding: .utf8)
    let line = try #require(rules.split(separator: "\n").first { $0.hasPrefix("PERTURBED :=") })
    let expanded = line.replacing(
      "$(patsubst %,hope-sensitivity-scifar-init%-reduced-rate,1 2 3)",
      with: (1...3).map { "hope-sensitivity-scifar-init\($0)-reduced-rate" }.joined(separator: " "))
    let catalogue = try ExperimentCatalogue.shared()
    let figure = try #require(try FigureList.named(["trained-perturbation"], catalogue).first)
    #expect(
      Set(expanded.split(separator: " ").dropFirst(2).map(String.init)) == Set(figure.experiments(in: catalogue, at: .paper).map(\.id)))
  }
}
