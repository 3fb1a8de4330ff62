import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing
import Vocabulary

/// Which results get a word, and what stands beside it.
@Suite struct VerdictTests {
  private static let catalogue = try? ExperimentCatalogue.shared()

  private struct Written {
    let folder: String
    /// An experiment of preset paper with runs of these values, by committed code on a test set of 2,000.
    func runs(_ id: String, _ values: [Double], _ change: (inout RunSummary) -> Void = { _ in }) throws {
      let experiment = try #require(VerdictTests.catalogue).resolve(id: id, preset: .paper)
      for (seed, value) in zip(UInt64(1)..., values) {
        try writeRun(of: experiment, seed: seed, value: value, unofficialData: false, results: folder) {
          ($0.dirty, $0.testCount, $0.metric) = (false, 2000, experiment.configuration.metric)
          change(&$0)
        }
      }
    }
  }

  /// The comparison at preset paper, and its lines by column.
  private func compare(_ write: (Written) throws -> Void) throws -> (page: Comparison, rows: [[String: String]]) {
    try withTemporaryFolder { folder in
      try write(Written(folder: folder))
      let page = Comparison(preset: .paper, catalogue: try #require(Self.catalogue), runs: FinishedRuns(results: folder))
      let table = try CSVTable(text: page.csv, path: "compare.csv", fix: "-")
      return (page, table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) })
    }
  }

  private let image = "dfout-lra-image-s4d-lin"
  /// Around 87.93 ± 0.34, DFOUT's Tables 1 and 4.
  private let values = [0.8693, 0.8793, 0.8893]

  @Test("a printed deviation is of DFOUT's three seeds, and counts beside ours and the test set") func measured() throws {
    let (_, rows) = try compare { try $0.runs(image, values) }
    // v₁ = 0.01²/3, v₂ = 0.0034²/3, e = 2 · 0.8793 · 0.1207/2000; ν = v²/(v₁²/2 + v₂²/2).
    let (first, second, sampling) = (0.0001 / 3, 0.0034 * 0.0034 / 3, 2 * 0.8793 * 0.1207 / 2000)
    let v: Double = first + second + sampling
    let nu: Double = 2 * v * v / (first * first + second * second)
    #expect(abs(nu - 36.48) < 0.01, "\(nu)")
    let smallest = try #require(Double(rows[0]["smallest_difference"] ?? ""))
    let factor = try #require(Double(rows[0]["factor"] ?? ""))
    #expect(factor == 2.027, "Student's t is 2.0281 for 36 and 2.0262 for 37")
    #expect(abs(smallest - 100 * factor * v.squareRoot()) < 0.01)
    #expect(rows[0]["verdict"] == "within" && rows[0]["assumed"] == "no" && rows[0]["difference"] == "0.00")
    let worse = try compare { try $0.runs(image, values.map { $0 - 0.1 }) }.rows[0]
    #expect(worse["verdict"] == "worse")
    #expect(try compare { try $0.runs(image, values.map { $0 + 0.1 }) }.rows[0]["verdict"] == "better")
  }

  @Test("without a printed deviation ours is assumed; medians of five stand beside the five seeds that the paper states") func assumed()
    throws
  {
    // HOPE's Image: 88.68 in the median; deviations over √2.5 · 0.01 = 0.0158 here.
    let (page, rows) = try compare { try $0.runs("hope-lra-image", [0.8668, 0.8768, 0.8868, 0.8968, 0.9068]) }
    let row = try #require(rows.first)
    let value = try #require(Double(row["ours"] ?? "")) / 100
    let term: Double = Double.pi / 2 * 2 * 0.00025 / 5
    let v: Double = term + 2 * value * (1 - value) / 2000
    let factor = try #require(Double(row["factor"] ?? ""))
    // ν = 4 · (v/term)² = 10.75; Student's t is 2.2281 for 10 and 2.2010 for 11.
    #expect(abs(4 * (v / term) * (v / term) - 10.75) < 0.01 && factor == 2.207, "\(factor)")
    #expect(abs(try #require(Double(row["smallest_difference"] ?? "")) - 100 * factor * v.squareRoot()) < 0.01)
    #expect(row["assumed"] == "yes" && row["statistic"] == "median")
    #expect(page.markdown.contains("(assumed) | within |") && page.text.contains("Assumed: the paper prints no deviation"))
  }

  static let silent: [(String, @Sendable (inout RunSummary) -> Void)] = [
    ("uncommitted code", { $0.dirty = $0.seed == 2 }), ("uncommitted code", { $0.revision = "unknown" }),
    ("unofficial data", { $0.unofficialData = true }),
  ]

  @Test("uncommitted code and unofficial data give a number and no word", arguments: silent.indices) func noWord(index: Int) throws {
    let (verdict, change) = Self.silent[index]
    let (page, rows) = try compare { try $0.runs(image, values, change) }
    #expect(rows.map { $0["verdict"] } == [verdict, verdict] && rows[0]["ours"] == "87.93")
    #expect(page.text.contains("No result is compared.\nNo word: 1 \(verdict)."), "\(page.text)")
  }

  @Test("one seed gets no word, whatever the paper prints") func oneSeed() throws {
    let row = try compare { try $0.runs(image, [0.5]) }.rows[0]
    #expect(row["verdict"] == "one seed" && row["smallest_difference"] == "" && row["difference"] == "-37.93")
  }

  @Test("runs of another configuration give a number and no word, and are named where there are no others") func otherConfiguration() throws
  {
    let catalogue = try #require(Self.catalogue)
    try withTemporaryFolder { folder in
      try Written(folder: folder).runs(image, values)
      var other = try catalogue.resolve(id: image, preset: .paper).configuration
      other.training.epochs += 1
      for seed in 1...3 {
        try AtomicFile.write(
          try JSONText.encode(other), to: "\(folder)/runs/\(image)/paper/seed-\(seed)/configuration.json")
      }
      let runs = FinishedRuns(results: folder)
      let page = Comparison(preset: .paper, catalogue: catalogue, runs: runs)
      #expect(page.csv.contains(",another configuration,") && page.text.contains("No word: 1 another configuration."))
      let table = try #require(try ResultTables(preset: .paper, catalogue: catalogue, runs: runs).document("dfout-table-1")).markdown
      #expect(table.contains("87.93 ± 1.00 (3) ‡") && table.contains("no word: another configuration"))
      #expect(table.contains("‡ marks runs of another configuration"))
      #expect(table.contains("| S4D-Lin | Image | `make run EXPERIMENT=\(image) SEED=1 PRESET=paper` |"), "it is still missing")
      // As soon as one run is of the present configuration the others are left out.
      try Written(folder: folder).runs(image, [0.9])
      let mixed = Comparison(preset: .paper, catalogue: catalogue, runs: FinishedRuns(results: folder))
      #expect(mixed.csv.contains(",90.00,,one seed,1,") && !mixed.csv.contains("another configuration"))
    }
  }

  @Test("another clean revision keeps its word, and the page names it") func revisions() throws {
    let (page, rows) = try compare { written in
      try written.runs(image, values) { $0.revision = $0.seed == 1 ? "aaaaaaaaaaaaaaaa" : "bbbbbbbbbbbbbbbb" }
    }
    #expect(rows[0]["verdict"] == "within" && rows[0]["revision"] == "aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb")
    for text in [page.text, page.markdown] {
      #expect(text.contains("Code: revision aaaaaaaaaaaa (1 run), revision bbbbbbbbbbbb (2 runs)."), "\(text)")
    }
  }

  @Test("a word that rests on a reading of ours carries the mark and stands in no sum") func ownReading() throws {
    let (page, rows) = try compare { written in
      try written.runs(image, values)
      try written.runs("dfout-lra-image", [0.8748, 0.8848, 0.8948])
    }
    let own = try #require(rows.first { $0["experiment"] == "dfout-lra-image" })
    #expect(own["verdict"] == "within (our reading)" && own["our_readings"]?.contains("model.layer.inputFactor") == true)
    #expect(rows.first { $0["experiment"] == image }?["our_readings"] == "")
    for text in [page.text, page.markdown] {
      #expect(
        text.contains(
          "Compared: 1 result in 2 published cells, 1 within; of these 0.05 would be better or worse by chance alone if nothing differed (5 %)."
        ), "\(text)")
      #expect(text.contains("1 more word rests on a reading of ours and is counted in no sum."))
    }
  }

  @Test("an RMSE is judged by the scatter of its squared errors, with the note that windows of a patient depend on each other")
  func vitalSigns()
    throws
  {
    let id = try #require(Self.catalogue?.experiments(at: .paper).first { $0.group == "bidmc" && $0.method == "S4D-Lin" }).id
    let errors = [0.3, 0.4, 0.5]
    let (page, rows) = try compare { try $0.runs(id, errors) { $0.errorVariance = 0.16 * Double($0.seed) } }
    let row = try #require(rows.first)
    // Var(x) is 0.32 in the mean, RMSE 0.4: e = 0.32/(2 · 0.16 · 2000) = 0.0005. v₁ + v₂ = 0.01/3 + 0.01, one published seed.
    let v: Double = 0.04 / 3 + 0.0005
    let factor = try #require(Double(row["factor"] ?? ""))
    #expect(abs(try #require(Double(row["smallest_difference"] ?? "")) / (factor * v.squareRoot()) - 1) < 1e-3)
    #expect(row["metric"] == "rmse" && row["assumed"] == "yes" && row["not_counted"] == "test samples that depend on each other")
    #expect(page.text.contains("BIDMC: windows of one patient depend on each other"))
    let silent = try compare { try $0.runs(id, errors) { $0.errorVariance = $0.seed == 2 ? nil : 0.2 } }.rows[0]
    #expect(silent["verdict"] == "test error unknown" && silent["ours"] == "0.4")
  }

  @Test("what has not run shows the metric that it will have") func metrics() throws {
    let catalogue = try #require(Self.catalogue)
    let nothing = FinishedRuns(results: "/nowhere")
    for (group, name) in [("bidmc", "rmse"), ("waves", "mae"), ("denoising", "mse"), ("delay", "mse"), ("lra", "accuracy %")] {
      let csv = GroupTable(group: group, preset: .smoke, catalogue: catalogue, runs: nothing).csv
      let table = try CSVTable(text: csv, path: group, fix: "-")
      let column = try table.index(of: "metric")
      #expect(Set(table.rows.map { $0[column] }) == [name], "\(group)")
    }
  }
}
