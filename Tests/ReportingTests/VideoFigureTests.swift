import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

/// Figures and table of the predicted videos, from made-up runs.
@Suite(.temporaryFolder) struct VideoFigureTests {
  private static let usual = "tfb-moving-mnist-300"
  private static let other = "tfb-moving-mnist-300-alpha-10"

  /// The catalogue with two runs of one setting and, if asked for, two of another.
  private func catalogue(_ ids: [String] = [usual, other], seeds: [UInt64] = [1, 2]) throws -> ExperimentCatalogue {
    let catalogue = try ExperimentCatalogue.shared().keeping([Self.usual, Self.other])
    for id in ids {
      let experiment = try catalogue.resolve(id: id, preset: .smoke)
      for seed in seeds { try writeWholeRun(of: experiment, seed: id == Self.other ? seed + 3 : seed, results: folder) }
    }
    return catalogue
  }

  private func figure(_ name: String, _ catalogue: ExperimentCatalogue) throws -> Figure {
    let definition = try #require(try FigureList.named([name], catalogue).first)
    return try definition.figure(catalogue, preset: .smoke, runs: FinishedRuns(results: folder))
  }

  @Test("a panel a colour: lines of the settings with their seeds from step 1, and what repeating the last frame loses")
  func horizon() throws {
    let figure = try figure("moving-mnist-horizon", try catalogue())
    // Red is the second panel, α = 1 stands before α = 10.
    let red = try marks(figure, panel: 2, series: 1)
    #expect(red.count == 5 && red[0] == ["1", "0.0235", "0.023", "0.024", ""])
    #expect(try marks(figure, panel: 2, series: 2)[0] == ["1", "0.0265", "0.026", "0.027", ""])
    #expect(try marks(figure, panel: 3, series: 3).map { $0[1] } == Array(repeating: "0.04", count: 5))
    #expect(
      figure.keyLabels == ["α = 1, β = 0", "α = 10", "last frame repeated", "mean frame", "range of the seeds"])
    #expect(figure.commands.isEmpty)
  }

  @Test("a film's frames stand on one canvas, what came above what was made; without a run its frame has a command")
  func film() throws {
    let figure = try figure("moving-mnist-film", try catalogue([Self.other], seeds: [1]))
    let rows = figure.csv.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    // Two frames of 4 × 4 above each other with a line between them; four steps; each pixel is 16 × 16 dots.
    #expect(rows.count == 9 * 16 && rows.allSatisfy { $0.count == (4 * 4 + 3) * 16 })
    let white = "\(0xFF_FFFF)"
    #expect(rows[0][0] == "\(0x0000FF)" && rows[17][0] == "\(0x3200FF)" && rows[64][0] == white && rows[80][0] == white)
    #expect(rows[80][80] == "\(0xFF0050)" && rows[0][64] == white)
    #expect(figure.commands == ["make run EXPERIMENT=\(Self.usual) SEED=1 PRESET=smoke"])
  }

  @Test("an animated picture has a page for each step, with all films on it; without a film there is none")
  func animation() throws {
    let catalogue = try catalogue(seeds: [1])
    let figure = try figure("moving-mnist-animation", catalogue)
    let pages = figure.csv.components(separatedBy: "\n\n\n")
    let rows = pages[1].split(separator: "\n").map { $0.split(separator: ",") }
    #expect(pages.count == 4 && rows.count == 2 * 4 + 1 + 2 && rows.allSatisfy { $0.count == 2 * (4 + 1) })
    #expect(rows[2][0] == "\(0x0000FF)" && rows[3][5] == "\(0x3300FF)", "levels are multiples of 17")
    #expect(figure.keyLabels == ["α = 1, β = 0; 300 frames", "α = 10, β = 0; 300 frames"])
    for id in [Self.usual, Self.other] {
      let seed = id == Self.other ? 4 : 1
      try FileManager.default.removeItem(atPath: "\(folder)/runs/\(id)/smoke/seed-\(seed)/film.csv")
    }
    #expect(try self.figure("moving-mnist-animation", catalogue).isEmpty)
    #expect(try self.figure("moving-mnist-film", catalogue).commands.allSatisfy { $0.hasPrefix("rm ") })
  }

  @Test("the table: each prediction and colour, seeds, how far below 1, differences of settings, and why columns are empty")
  func table() throws {
    let tables = ResultTables(preset: .smoke, catalogue: try catalogue(), runs: FinishedRuns(results: folder))
    let document = try #require(try tables.document("tfb-moving-mnist"))
    let csv = try CSVTable(text: document.csv, path: "-", fix: "-")
    #expect(csv.rows.count == 2 * 3 * 3)
    func field(_ row: [String], _ column: String) throws -> String { row[try csv.index(of: column)] }
    let row = try #require(
      try csv.rows.first {
        try field($0, "experiment") == Self.other && field($0, "prediction") == "generated" && field($0, "colour") == "red"
      })
    // 0.02 · 1.3 + 0.001 · (4 or 5), over 0.04.
    #expect(try field(row, "seeds") == "4 5" && field(row, "mse") == "0.0305" && field(row, "over_repeat") == "0.7625")
    // Seeds: 0.0125²; videos: 0.01².
    let errors = try #require(Double(try field(row, "over_repeat_errors_below_1")))
    #expect(abs(errors - (1 - 0.7625) / (0.0125 * 0.0125 + 0.01 * 0.01).squareRoot()) < 1e-3)
    #expect(try field(row, "difference") == "0.075" && field(row, "word") == "worse" && field(row, "ssim") == "")
    #expect(try field(row, "fvd") == "not computed" && field(row, "lpips") == "not computed")
    #expect(
      document.markdown.contains("| 300 frames | α = 10, β = 0 | red | 2 | 0.0305 ± 0.00071 | 23.00 ± 0.00 |  | 0.76"))
    #expect(document.markdown.contains("FVD and LPIPS need pretrained"))
    #expect(document.markdown.contains("| 300 frames | α = 10, β = 0 | generated | +0.075, smallest"))
  }

  @Test("without runs the table names their commands; one seed gives no word")
  func gaps() throws {
    let catalogue = try catalogue([])
    func document() throws -> ResultDocument {
      try #require(try ResultTables(preset: .smoke, catalogue: catalogue, runs: FinishedRuns(results: folder)).document("tfb-moving-mnist"))
    }
    let empty = try document()
    #expect(
      empty.markdown.contains("`make run EXPERIMENT=\(Self.usual) SEED=1 PRESET=smoke`") && empty.csv.split(separator: "\n").count == 3)
    _ = try self.catalogue(seeds: [1])
    #expect(try document().markdown.contains("+0.075, no word: one seed"))
  }
}
