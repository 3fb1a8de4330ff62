import Experiments
import Foundation
import Reporting
import RunSupport
import TestSupport
import Testing

@Suite struct FigureTests {
  /// The folder of the committed scripts, from this file's place.
  static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("paper-figures/house").path
  static let hasGnuplot = (try? Gnuplot()) != nil

  private func figures(_ results: String, _ catalogue: Catalogue, preset: Preset = .smoke) throws -> [Figure] {
    let runs = FinishedRuns(results: results)
    let all = catalogue.experiments(at: preset).map { ExperimentResult($0, runs: runs) }
    return [try Figure.learningCurves(all, preset: preset), try Figure.kernels(all, preset: preset)]
  }

  private func copyScripts(to folder: String) throws {
    for name in ["style", "empty-frame", "learning-curves", "kernels"] {
      try FileManager.default.copyItem(atPath: "\(Self.scripts)/\(name).gp", toPath: "\(folder)/\(name).gp")
    }
  }

  @Test("learning curves hold every epoch of every seed in percent")
  func learningCurves() throws {
    try withFixtureResults { results, catalogue in
      let figure = try figures(results, catalogue)[0]
      #expect(
        figure.csv == """
          panel,experiment,seed,epoch,train_percent,validation_percent,chance_percent
          2,dfout-lra-listops-s4d-lin,1,1,20.000,15.000,12.500
          2,dfout-lra-listops-s4d-lin,1,2,30.000,25.000,12.500
          2,dfout-lra-listops-s4d-lin,2,1,20.000,15.000,12.500
          2,dfout-lra-listops-s4d-lin,2,2,30.000,35.000,12.500
          3,tiny-listops-s4d-lin,1,1,20.000,15.000,12.500
          3,tiny-listops-s4d-lin,1,2,30.000,50.000,12.500

          """)
    }
  }

  @Test("kernels hold the first direction of the first seed, up to 256 lags")
  func kernels() throws {
    try withFixtureResults { results, catalogue in
      let csv = try CSVTable(text: try figures(results, catalogue)[1].csv, path: "kernels.csv", fix: "-")
      #expect(csv.rows.count == 2 * 2 * 256, "two experiments of two layers")
      #expect(csv.rows[1] == ["2", "dfout-lra-listops-s4d-lin", "1", "1", "1", "0.5", "0.25"])
    }
  }

  @Test("figures are drawn, equal input gives equal bytes", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func drawing() throws {
    try withFixtureResults { results, catalogue in
      try copyScripts(to: results)
      for figure in try figures(results, catalogue) {
        let files = try figure.write(to: results, gnuplot: Gnuplot())
        #expect(files.map(\.path) == ["\(results)/\(figure.name)-smoke.csv", "\(results)/\(figure.name)-smoke.svg"])
        #expect(files[0].changed && files[1].changed)
        let svg = try String(contentsOfFile: files[1].path, encoding: .utf8)
        #expect(svg.contains("preset smoke"))
        #expect(svg.contains("S4D-Lin on LRA ListOps"))
        #expect(svg.contains("EXPERIMENT=dfout-lra-image-s4d-lin"), "the empty frame names its command")
        try FileManager.default.removeItem(atPath: files[1].path)
        let again = try figure.write(to: results, gnuplot: Gnuplot())
        #expect(!again[0].changed)
        #expect(try String(contentsOfFile: files[1].path, encoding: .utf8) == svg)
        #expect(!(try figure.write(to: results, gnuplot: Gnuplot()))[1].changed)
      }
    }
  }

  @Test("figures without any run are empty frames", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func empty() throws {
    let catalogue = try smallCatalogue()
    try withTemporaryFolder { folder in
      try copyScripts(to: folder)
      for figure in try figures(folder, catalogue, preset: .paper) {
        let svg = try String(contentsOfFile: figure.write(to: folder, gnuplot: Gnuplot())[1].path, encoding: .utf8)
        for id in catalogue.ids { #expect(svg.contains("EXPERIMENT=\(id)")) }
      }
    }
  }

  @Test("one epoch, and many seeds with gaps, are drawn", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func extremes() throws {
    let catalogue = try smallCatalogue()
    let tiny = try catalogue.resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    try withTemporaryFolder { folder in
      try copyScripts(to: folder)
      for seed in [1, 2, 3, 7, 9, 10] as [UInt64] {
        try writeRun(of: tiny, seed: seed, value: 0.5, unofficialData: false, results: folder)
        let metrics = "\(folder)/runs/tiny-listops-s4d-lin/smoke/seed-\(seed)/metrics.csv"
        try AtomicFile.write(
          "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds\n1,10,0.01,2.1,0.2,2.0,0.15,1.5\n",
          to: metrics)
      }
      let svg = try String(contentsOfFile: figures(folder, catalogue)[0].write(to: folder, gnuplot: Gnuplot())[1].path, encoding: .utf8)
      #expect(svg.contains("(seeds 1–3, 7, 9–10)"))
    }
  }

  @Test("a missing gnuplot says how to get it")
  func noGnuplot() {
    let error = #expect(throws: StageError.self) { _ = try Gnuplot(searchPath: "/nowhere:/nowhere/else") }
    #expect(error?.code == .missingInput)
    #expect(error?.what == "gnuplot is not installed")
  }

  @Test("a script that fails gives gnuplot's own words and leaves no file", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func failingScript() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("set output output\nplot nonsense nonsense\n", to: "\(folder)/bad.gp")
      let error = #expect(throws: StageError.self) {
        _ = try Gnuplot().draw(script: "\(folder)/bad.gp", variables: [], output: "\(folder)/bad.svg")
      }
      #expect(error?.code == .badData)
      #expect(error?.why.contains("bad.gp") == true, "\(error?.why ?? "")")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["bad.gp"])
    }
  }

  @Test("a finished run without its metrics is an error that names the file")
  func missingMetrics() throws {
    try withFixtureResults { results, catalogue in
      let path = "\(results)/runs/tiny-listops-s4d-lin/smoke/seed-1/metrics.csv"
      try FileManager.default.removeItem(atPath: path)
      let error = #expect(throws: StageError.self) { _ = try figures(results, catalogue) }
      #expect(error?.code == .missingInput)
      #expect(error?.location == path)
    }
  }
}
