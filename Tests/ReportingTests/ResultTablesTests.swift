import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import Runs
import SystemAnalysis
import TestSupport
import Testing

/// The papers' tables, those behind figures, and configurations.
@Suite struct ResultTablesTests {
  static let catalogue = try? ExperimentCatalogue.shared()

  /// One table, made after `write` has written runs; `write` gets a function that writes a run of an experiment.
  private func document(
    _ name: String, _ preset: Preset, write: (_ run: (String, UInt64, Double, (inout RunSummary) -> Void) throws -> Void) throws -> Void
  ) throws -> ResultDocument {
    let catalogue = try #require(Self.catalogue)
    return try withTemporaryFolder { results in
      try write { id, seed, value, change in
        let experiment = try catalogue.resolve(id: id, preset: preset)
        try writeRun(of: experiment, seed: seed, value: value, unofficialData: false, results: results, change)
      }
      let tables = ResultTables(preset: preset, catalogue: catalogue, runs: FinishedRuns(results: results))
      return try #require(try tables.document(name))
    }
  }

  @Test("every table can be made at every preset without runs: names differ, columns fit", arguments: Preset.allCases)
  func allTables(preset: Preset) throws {
    let tables = ResultTables(preset: preset, catalogue: try #require(Self.catalogue), runs: FinishedRuns(results: "/nowhere"))
    #expect(Set(tables.names).count == tables.names.count)
    for name in [
      "lra", "tfb-table-3", "hope-table-1", "dfout-table-1", "dfout-table-2", "dfout-table-3", "dfout-table-4", "tfb-table-4",
      "hope-table-2", "dfout-table-5", "tfb-figure-5", "tfb-figure-10", "tfb-moving-mnist", "dfout-figure-4", "dfout-figure-6",
      "dfout-figure-8",
    ] { #expect(tables.names.contains(name)) }
    for name in tables.names {
      let document = try #require(try tables.document(name))
      let csv = try CSVTable(text: document.csv, path: name, fix: "-")
      #expect(!csv.rows.isEmpty, "\(name) has no row")
      let lines = document.markdown.components(separatedBy: "\n")
      for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("|") && next.hasPrefix("|") {
        #expect(line.filter { $0 == "|" }.count == next.filter { $0 == "|" }.count, "\(name): \(next)")
      }
    }
    #expect(try tables.document("dfout-table-9") == nil)
  }

  @Test("ours stands beside the published number; other models are citations; a cut-down run gets no verdict")
  func paperTable() throws {
    let document = try document("dfout-table-1", .smoke) { run in
      try run("dfout-lra-listops-s4d-lin", 1, 0.25) { $0.unofficialData = true }
      try run("dfout-lra-listops-s4d-lin", 2, 0.35) { $0.unofficialData = true }
      try run("dfout-lra-image-s4d-fout", 1, 0.4) { _ in }
      try run("dfout-lra-retrieval", 1, 0.9) { _ in }
      try run("dfout-lra-text-unit-input", 1, 0.6) { _ in }
      try run("dfout-lra-image-fixed-input", 1, 0.3) { _ in }
    }
    let lines = document.markdown.components(separatedBy: "\n")
    #expect(lines.contains("| S4D-Lin | reproduced | 30.00 ± 7.07 (2) † |  |  |  |  |  |  |"))
    #expect(lines.contains("|  | published | 60.52 | 86.97 | 90.96 | 87.93 | 93.96 | failed |  |"))
    #expect(lines.contains("|  | difference | −30.52 |  |  |  |  |  |  |"))
    #expect(lines.contains("| S4-LegS | cited | 59.60 | 86.82 | 90.90 | 88.65 | 94.20 | 96.35 |  |"))
    #expect(lines.contains("| S4D-FouT | reproduced |  |  |  | 40.00 (1) |  |  |  |"))
    #expect(lines.contains("| S4D-DFouT (unit input) | reproduced |  | 60.00 (1) |  |  |  |  |  |"))
    #expect(lines.contains("| S4D-DFouT (fixed input) | reproduced |  |  |  | 30.00 (1) |  |  |  |"))
    #expect(lines.contains("| S4D-DFouT | reproduced |  |  | no result |  |  |  |  |"), "generated pairs prove the path only")
    #expect(lines.contains("| S4D-Inv | Image | `make run EXPERIMENT=dfout-lra-image-s4d-inv SEED=1 PRESET=smoke` |"))
    #expect(document.markdown.contains("- own run dfout-lra-listops-s4d-lin/smoke/seed-1: 25.00 %, revision 0123456789ab"))
    let csv = try CSVTable(text: document.csv, path: "t.csv", fix: "-")
    let row = try #require(csv.rows.first { $0[1] == "S4D-Lin" && $0[2] == "ListOps" })
    func field(_ name: String) throws -> String { row[try csv.index(of: name)] }
    #expect(
      try ["preset", "value", "seeds", "published", "difference", "verdict", "data"].map(field) == [
        "smoke", "30.00", "1 2", "60.52", "-30.52", "sizes differ", "unofficial",
      ])
    #expect(try field("revision") == "0123456789abcdef0123 0123456789abcdef0123 dirty")
  }

  @Test("at preset paper a difference has a word with the smallest one that would be seen, or the reason why it has none")
  func verdict() throws {
    let document = try document("dfout-table-2", .paper) { run in
      for (seed, value) in zip(UInt64(1)..., [0.90, 0.91, 0.92]) { try run("dfout-scifar-s4d-lin", seed, value) { $0.dirty = false } }
      for (seed, value) in zip(UInt64(1)..., [0.80, 0.81, 0.82]) {
        try run("dfout-scifar-s4d-inv", seed, value) { ($0.dirty, $0.testCount) = (false, 10_000) }
      }
      try run("dfout-scifar-s4d-legs", 1, 0.9) { _ in }
      for seed in UInt64(1)...2 { try run("dfout-scifar", seed, 0.8987) { $0.unofficialData = true } }
    }
    let csv = try CSVTable(text: document.csv, path: "t.csv", fix: "-")
    func fields(_ row: String) throws -> [String] {
      let line = try #require(csv.rows.first { $0[1] == row && $0[2] == "sCIFAR" })
      return try ["difference", "smallest_difference", "verdict"].map { line[try csv.index(of: $0)] }
    }
    // Published 90.42 ± 0.03 over 3 seeds; ours ± 1 over 3; a share of 0.91 of 200 pictures, on both sides: 1.9618 · 2.9195.
    #expect(try fields("S4D-Lin") == ["0.58", "5.73", "within"])
    #expect(try fields("S4D-Inv")[0] == "-9.69" && fields("S4D-Inv")[2] == "worse")
    #expect(try fields("S4D-LegS") == ["0.08", "", "one seed"])
    #expect(try fields("S4D-DFouT")[2] == "unofficial data")
    let difference = try fields("S4D-Inv")
    #expect(document.markdown.contains("| −9.69, worse, beyond \(difference[1]) |"))
    #expect(document.markdown.contains("| +0.58, within 5.73 |") && document.markdown.contains("| +0.08, no word: one seed |"))
    #expect(document.markdown.contains("Compared: 2 results in 2 published cells, 1 within, 1 worse; of these 0.1 would be"))
    #expect(document.markdown.contains("No word: 1 unofficial data, 1 one seed."))
  }

  @Test("the average is that of all tasks, or there is none")
  func average() throws {
    let tasks = ["listops", "text", "retrieval", "image", "pathfinder", "pathx"]
    for complete in [true, false] {
      let document = try document("hope-table-1", .paper) { run in
        for (index, task) in tasks.enumerated() where complete || task != "pathx" {
          for seed in UInt64(1)...3 {
            try run("hope-lra-\(task)", seed, 0.5 + 0.1 * Double(index % 3) + 0.01 * Double(seed * seed)) { _ in }
          }
        }
      }
      let line = try #require(document.markdown.components(separatedBy: "\n").first { $0.hasPrefix("| HOPE-SSM | reproduced |") })
      // Medians of +1, +4 and +9 points.
      #expect(line.hasPrefix("| HOPE-SSM | reproduced | 54.00 ± 4.04 (3) | 64.00 ± 4.04 (3) |"))
      #expect(line.hasSuffix(complete ? "| 64.00 |" : "|  |  |"))
    }
  }

  @Test("settings decide where the results of a grid stand")
  func grid() throws {
    let document = try document("tfb-figure-5", .smoke) { run in
      try run("tfb-ablation-scifar-alpha-3-beta-minus-0.5", 1, 0.123) { _ in }
      try run("tfb-ablation-scifar-alpha-10-beta-1", 1, 0.2) { _ in }
    }
    let lines = document.markdown.components(separatedBy: "\n")
    #expect(lines.contains("| α | β = −0.5 | β = 0 | β = 0.5 | β = 1 |"))
    #expect(lines.contains("| α = 3 | 12.30 (1) |  |  |  |"))
    #expect(lines.contains("| α = 10 |  |  |  | 20.00 (1) |"))
  }

  @Test("errors through stripes and of single waves stand in columns of their own")
  func probesAndOutputs() throws {
    let stripes = try document("tfb-denoising", .smoke) { run in
      try run("tfb-denoising-enhance", 1, 0.01) { summary in
        summary.metric = .meanSquaredError
        summary.probes = [.init(name: "vertical", value: 0.02, loss: 0.02), .init(name: "horizontal", value: 0.03, loss: 0.03)]
      }
    }
    #expect(stripes.markdown.contains("| α = 0.333, β = 0 | 0.01 (1) | 0.02 (1) | 0.03 (1) |"))
    let waves = try document("tfb-figure-10", .smoke) { run in
      try run("tfb-waves-3", 1, 0.25) { summary in
        summary.metric = .meanAbsoluteError
        summary.outputErrors = [0.1, 0.2, 0.3, 0.4]
      }
    }
    #expect(waves.markdown.contains("| α = 0.01, β = −1 | 0.1 (1) | 0.2 (1) | 0.3 (1) | 0.4 (1) |"))
  }

  @Test("configurations are those of the catalogue")
  func configurations() throws {
    let document = try document("dfout-table-5", .paper) { _ in }
    let csv = try CSVTable(text: document.csv, path: "t.csv", fix: "-")
    #expect(csv.rows.count == 13)
    let image = try #require(csv.rows.first { $0[1] == "dfout-lra-image" })
    #expect(
      image == [
        "image", "dfout-lra-image", "6", "512", "64", "layer", "no", "0.1", "0.01", "0.001", "0.001", "50", "200",
        "cosine over 180000 steps", "900 steps", "0.05", "0.001 to 0.1", "", "yes", "mean",
      ])
  }

  @Test("a grid takes no runs of another preset")
  func presetsApart() throws {
    let catalogue = try #require(Self.catalogue)
    try withTemporaryFolder { results in
      let smoke = try catalogue.resolve(id: "tfb-ablation-scifar-alpha-3-beta-0", preset: .smoke)
      try writeRun(of: smoke, seed: 1, value: 0.123, unofficialData: false, results: results)
      let tables = ResultTables(preset: .reduced, catalogue: catalogue, runs: FinishedRuns(results: results))
      #expect(try #require(try tables.document("tfb-figure-5")).markdown.contains("12.30") == false)
    }
  }

  @Test("the table of the delay task has the least-squares limit below each error", .temporaryFolder)
  func delayLimits() throws {
    let catalogue = try #require(Self.catalogue)
    let (trained, other) = (try catalogue.resolve(id: "dfout-delay-dfout", preset: .smoke), "dfout-delay-s4d-lin-dt-0.001")
    try writeRun(of: trained, seed: 1, value: 0.125, unofficialData: false, results: folder) { $0.metric = .meanSquaredError }
    let members = [trained, try catalogue.resolve(id: other, preset: .smoke)]
    let limits = try DelayLimits.update(file: folder + "/limits.csv", members.map(\.configuration)) { _ in }
    let tables = ResultTables(preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder), limits: limits)
    let document = try #require(try tables.document("dfout-figure-4"))
    let limit = try #require(limits[trained.configuration])
    let text = String(format: "%.3g (rank %d of 130)", limit.error, limit.rank)
    let lines = document.markdown.split(separator: "\n")
    let row = try #require(lines.firstIndex { $0.hasPrefix("| S4D-DFouT, 1024 modes | reproduced") })
    #expect(lines[row].contains("0.125") && lines[row + 1].contains("| least squares | \(text) |"))
    let csv = try CSVTable(text: document.csv, path: "-", fix: "-")
    let (experiment, rank) = (try csv.index(of: "experiment"), try csv.index(of: "rank"))
    #expect(csv.rows.filter { $0[rank] != "" }.map { $0[experiment] }.sorted() == [trained.id, other])
    let without = ResultTables(preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder))
    #expect(try without.document("dfout-figure-4")?.csv.contains("least_squares_limit") == false)
  }
}
