import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import Runs
import TestSupport
import Testing

/// ε-ranks before and after training, as a table.
@Suite(.temporaryFolder) struct RankTableTests {
  @Test("a row for each layer with median and tenths of the systems; a model without a run names its command")
  func rows() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let experiment = try catalogue.resolve(id: "hope-scifar", preset: .smoke)
    try writeWholeRun(of: experiment, seed: 1, results: folder)
    let tables = ResultTables(preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    let document = try #require(try tables.document("hope-ranks"))
    let csv = try CSVTable(text: document.csv, path: "-", fix: "-")
    let layers = csv.rows.filter { $0[0] == "hope-scifar" }
    #expect(layers.map { $0[1] } == ["1", "2", "3", "4"])
    // Ranks 16, 32, 48, 64 before, and 2, 4, 6 of the systems that have one after.
    #expect(layers[0][2...] == ["4", "64", "20.8", "40", "59.2", "2.4", "4", "5.6", ""])
    #expect(document.markdown.contains("40 (20.8–59.2) | 4 (2.4–5.6)"), "\(document.markdown)")
    let missing = try #require(csv.rows.first { $0[0] == "hope-sensitivity-scifar-init3" })
    #expect(missing.last == "make run EXPERIMENT=hope-sensitivity-scifar-init3 SEED=1 PRESET=smoke")
    #expect(document.markdown.contains("discrete"))
  }

  @Test("a run of an earlier version, without ranks, says how to add them")
  func missingFile() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let experiment = try catalogue.resolve(id: "hope-scifar", preset: .smoke)
    try writeWholeRun(of: experiment, seed: 1, results: folder)
    try FileManager.default.removeItem(atPath: "\(folder)/runs/hope-scifar/smoke/seed-1/ranks.csv")
    let tables = ResultTables(preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    let csv = try CSVTable(text: try #require(try tables.document("hope-ranks")).csv, path: "-", fix: "-")
    let row = try #require(csv.rows.first { $0[0] == "hope-scifar" })
    #expect(row.last?.hasSuffix("summary.json && make run EXPERIMENT=hope-scifar SEED=1 PRESET=smoke") == true)
  }
}
