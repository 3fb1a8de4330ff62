import Catalogue
import Documents
import Foundation
import Reporting
import Runs
import TestSupport
import Testing

@Suite struct ComparisonTests {
  private func rows(_ csv: String) throws -> [[String: String]] {
    let table = try CSVTable(text: csv, path: "compare.csv", fix: "-")
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
  }

  /// Runs of S4D-Lin on ListOps, by committed code. DFOUT prints its number without deviation in Table 1 and with one in Table 4.
  private func comparison(
    _ preset: Preset, values: [Double], _ change: @escaping (inout RunSummary) -> Void = { _ in }
  ) throws -> Comparison {
    try outputs(preset, values: values, change).comparison
  }

  /// The comparison, and DFOUT's Table 1.
  private func outputs(
    _ preset: Preset, values: [Double], _ change: @escaping (inout RunSummary) -> Void = { _ in }
  ) throws -> (comparison: Comparison, table: ResultDocument) {
    let catalogue = try smallCatalogue()
    let experiment = try catalogue.resolve(id: "dfout-lra-listops-s4d-lin", preset: preset)
    return try withTemporaryFolder { folder in
      for (index, value) in values.enumerated() {
        try writeRun(of: experiment, seed: UInt64(index + 1), value: value, unofficialData: false, results: folder) {
          $0.dirty = false
          change(&$0)
        }
      }
      let runs = FinishedRuns(results: folder)
      let table = try ResultTables(preset: preset, catalogue: catalogue, runs: runs).document("dfout-table-1")
      return (Comparison(preset: preset, catalogue: catalogue, runs: runs), try #require(table))
    }
  }

  @Test("a result has one word and one bound: in both tables that print its number, and in the comparison", arguments: Preset.allCases)
  func oneWord(preset: Preset) throws {
    for (shift, unofficial) in [(0.0, false), (0.2, false), (-0.2, true)] {
      let values = try [-0.01, 0, 0.01].map { try published + shift + $0 }
      let (comparison, table) = try outputs(preset, values: values) { $0.unofficialData = unofficial }
      let compared = try rows(comparison.csv)
      #expect(compared.map { $0["table"] } == ["Table 1", "Table 4"])
      let cell = try #require(try rows(table.csv).first { $0["experiment"] == "dfout-lra-listops-s4d-lin" })
      for column in ["verdict", "smallest_difference", "factor", "assumed", "difference", "published", "deviation", "seeds"] {
        #expect(compared[0][column] == cell[column], "\(column)")
        #expect(compared[0][column] == compared[1][column], "\(column)")
      }
      #expect(compared[0]["ours"] == cell["value"] && compared[0]["verdict"] != "")
    }
  }

  private var published: Double {
    get throws {
      let cell = PublishedCell(paper: "DFOUT", table: "Table 1", row: "S4D-Lin", column: "ListOps")
      return try #require(try smallCatalogue().published[cell]?.value) / 100
    }
  }

  @Test("cells without a run are counted and name their command; columns are aligned") func gaps() throws {
    let comparison = try comparison(.paper, values: [0.4, 0.5])
    #expect(
      comparison.text.contains(
        "No run yet for 2 cells of lra: DFOUT Table 1: S4D-Lin, Image and DFOUT Table 4: S4D-Lin, Image; fill with: "
          + "make run EXPERIMENT=dfout-lra-image-s4d-lin SEED=1 PRESET=paper"
      ), "\(comparison.text)")
    #expect(comparison.markdown.contains("- DFOUT Table 1: S4D-Lin, Image: `make run EXPERIMENT=dfout-lra-image-s4d-lin"))
    let table = comparison.text.split(separator: "\n").map(String.init)
    let header = try #require(table.first { $0.hasPrefix("PUBLISHED CELL") })
    let line = try #require(table.first { $0.hasPrefix("DFOUT Table 1: S4D-Lin, ListOps") })
    let column = try #require(header.range(of: "EXPERIMENT")?.lowerBound)
    #expect(line[column...].hasPrefix("dfout-lra-listops-s4d-lin"))
    let empty = try self.comparison(.paper, values: [])
    #expect(empty.text.hasPrefix("Ours and the published numbers, preset paper: 0 of 4 cells have a run"))
  }
}
