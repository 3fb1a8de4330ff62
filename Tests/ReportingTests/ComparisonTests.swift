import Catalogue
import Documents
import Foundation
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

@Suite struct ComparisonTests {
  private func rows(_ csv: String) throws -> [[String: String]] {
    let table = try CSVTable(text: csv, path: "compare.csv", fix: "-")
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
  }

  /// Runs of S4D-Lin on ListOps; DFOUT's Table 1 prints a number without deviation for it.
  private func comparison(_ preset: Preset, values: [Double], unofficial: Bool = false) throws -> Comparison {
    try outputs(preset, values: values, unofficial: unofficial).comparison
  }

  /// The comparison, and DFOUT's Table 1.
  private func outputs(
    _ preset: Preset, values: [Double], unofficial: Bool = false
  ) throws -> (comparison: Comparison, table: ResultDocument) {
    let catalogue = try smallCatalogue()
    let experiment = try catalogue.resolve(id: "dfout-lra-listops-s4d-lin", preset: preset)
    return try withTemporaryFolder { folder in
      for (index, value) in values.enumerated() {
        try writeRun(of: experiment, seed: UInt64(index + 1), value: value, unofficialData: unofficial, results: folder)
      }
      let runs = FinishedRuns(results: folder)
      let table = try ResultTables(preset: preset, catalogue: catalogue, runs: runs).document("dfout-table-1")
      return (Comparison(preset: preset, catalogue: catalogue, runs: runs), try #require(table))
    }
  }

  @Test("a cell has one word and one tolerance, in the comparison and in its table", arguments: [Preset.paper, .smoke], [false, true])
  func oneWord(preset: Preset, unofficial: Bool) throws {
    for shift in [0.0, 0.2, -0.2] {
      let values = try [-0.01, 0, 0.01].map { try published + shift + $0 }
      let (comparison, table) = try outputs(preset, values: values, unofficial: unofficial)
      let compared = try #require(try rows(comparison.csv).first { $0["table"] == "Table 1" })
      let cell = try #require(try rows(table.csv).first { $0["experiment"] == compared["experiment"] })
      for column in ["verdict", "tolerance", "tolerance_of", "difference", "published", "deviation", "seeds"] {
        #expect(compared[column] == cell[column], "\(column)")
      }
      #expect(compared["ours"] == cell["value"] && compared["verdict"] != "")
    }
  }

  private var published: Double {
    get throws {
      let cell = PublishedCell(paper: "DFOUT", table: "Table 1", row: "S4D-Lin", column: "ListOps")
      return try #require(try smallCatalogue().published[cell]?.value) / 100
    }
  }

  @Test("at the paper's size a result within twice the standard error is within, another one better or worse") func verdicts() throws {
    let published = try published
    for (shift, verdict) in [(0.0, "within"), (0.2, "better"), (-0.2, "worse")] {
      let values = [-0.01, 0, 0.01].map { published + shift + $0 }
      let row = try #require(try rows(comparison(.paper, values: values).csv).first)
      #expect(row["verdict"] == verdict, "\(row)")
      let difference = try #require(Double(row["difference"] ?? ""))
      #expect(abs(difference - 100 * shift) < 0.01)
      #expect(row["seeds"] == "1 2 3" && row["statistic"] == "mean" && row["deviation"] == "1.00")
      // Deviation 0.01 over three seeds, once more for the paper's single number, and 200 test samples on both sides.
      let value = published + shift
      let seeds: Double = 0.0001 / 3 + 0.0001
      let error = (seeds + 2 * value * (1 - value) / 200).squareRoot()
      #expect(abs(try #require(Double(row["tolerance"] ?? "")) - 200 * error) < 0.01, "\(row)")
    }
  }

  @Test("cut-down sizes and unofficial data get no verdict") func noVerdict() throws {
    let reduced = try comparison(.reduced, values: [0.4])
    let row = try #require(try rows(reduced.csv).first)
    #expect(row["verdict"] == "sizes differ" && row["tolerance"] == "")
    #expect(reduced.text.contains("no verdict is given"))
    #expect(try rows(comparison(.paper, values: [0.4], unofficial: true).csv).first?["verdict"] == "unofficial data")
  }

  @Test("one seed beside a number without deviation is judged by the test set alone, and says so") func oneSeed() throws {
    let row = try #require(try rows(comparison(.paper, values: [try published]).csv).first)
    #expect(row["tolerance_of"] == "of the test set alone: one seed and no published deviation")
    #expect(row["verdict"] == "within")
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

  @Test("the tolerance counts what it can: errors have no test set, a median scatters more") func tolerance() throws {
    func tolerance(_ deviation: Double?, _ count: Int, _ paper: Double?, testCount: Int? = nil, _ statistic: Experiment.Statistic = .mean)
      -> ComparisonTolerance
    {
      ComparisonTolerance(
        value: 0.5, deviation: deviation, count: count, paperDeviation: paper, paperCount: 4, testCount: testCount, statistic: statistic)
    }
    #expect(tolerance(nil, 1, nil).value == nil)
    let seedsAlone = tolerance(0.2, 4, 0.1)
    #expect(seedsAlone.reservation == "of seeds alone")
    let variance: Double = 0.04 / 4 + 0.01 / 4
    let single: Double = 0.01 + 0.01 / 4 + 0.5 / 100
    let cases: [(found: Double?, variance: Double)] = [
      (seedsAlone.value, variance), (tolerance(0.2, 4, 0.1, .median).value, variance * Double.pi / 2),
      (tolerance(nil, 1, 0.1, testCount: 100).value, single),
    ]
    for (found, variance) in cases {
      let (found, expected) = (try #require(found), 2 * variance.squareRoot())
      #expect(abs(found - expected) < 1e-12)
    }
  }
}
