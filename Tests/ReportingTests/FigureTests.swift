import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

/// What the figures of finished runs show, from made-up runs.
@Suite(.temporaryFolder) struct FigureTests {
  /// A figure of the whole catalogue at preset smoke, with whole runs of some experiments.
  private func figure(
    _ name: String, runs: [(id: String, seeds: [UInt64], value: Double)], change: () throws -> Void = {}
  ) throws -> Figure {
    let catalogue = try ExperimentCatalogue.shared()
    for run in runs {
      let experiment = try catalogue.resolve(id: run.id, preset: .smoke)
      for seed in run.seeds { try writeWholeRun(of: experiment, seed: seed, results: folder, value: run.value) }
    }
    try change()
    let definition = try #require(try FigureList.named([name], catalogue).first)
    return try definition.figure(catalogue, preset: .smoke, runs: FinishedRuns(results: folder))
  }

  @Test("learning curves: mean or median of the seeds, their range, percent, and the published result at the last epoch")
  func learningCurves() throws {
    let figure = try figure("learning-curves-lra", runs: [("dfout-lra-image-s4d-lin", [1, 2], 0.5), ("dfout-lra-image", [1], 0.25)])
    let table = try CSVTable(text: figure.csv, path: "-", fix: "-")
    let panel = try #require(table.rows.first?[0])
    let rows = table.rows.filter { $0[1] == "dfout-lra-image-s4d-lin" && $0[3] == "S4D-Lin" }
    #expect(figure.keyLabels == ["S4D-Lin", "S4D-DFouT", "published", "range of the seeds"])
    #expect(
      rows.map { Array($0[4...]) } == [["1", "51.5", "51", "52", ""], ["2", "53", "52", "54", ""], ["3", "54.5", "53", "56", ""]])
    #expect(
      table.rows.filter { $0[1] == "dfout-lra-image-s4d-lin" && $0[3] == "" }.map { Array($0[4...]) } == [["3", "87.93", "", "", ""]])
    #expect(
      table.rows.filter { $0[1] == "dfout-lra-image" && $0[3] == "S4D-DFouT" }.map { Array($0[4...]) }.first == ["1", "26", "", "", ""])
    #expect(table.rows.allSatisfy { $0[0] == panel }, "tasks without runs have frames, not rows")
    #expect(figure.commands.contains("make reproduce-lra PRESET=smoke TASKS=text"))
  }

  @Test("sensitivity: a published number stands only where range and size of its row are those of the grid")
  func sensitivity() throws {
    let runs = ["image-s4d-lin-dt", "image-xi", "listops-s4d-lin-dt", "listops-xi", "pathx-s4d-inv-dt", "pathx-xi"]
    let figure = try figure("sensitivity", runs: runs.map { ("dfout-sensitivity-\($0)-0.1", [1], 0.5) })
    let table = try CSVTable(text: figure.csv, path: "-", fix: "-")
    // A label is that of the method; a published number has none.
    let published = table.rows.filter { $0[3] == "" }.map { [$0[0], $0[4], $0[5]] }
    // Image is the first panel; ListOps the next with runs, behind Pathfinder. PathX has none: DFOUT's row starts from 0.0001.
    #expect(published.filter { $0[0] == "1" }.map { Array($0[1...]) } == ["88.48", "87.83", "88.19", "87.93"].map { ["0.1", $0] })
    #expect(published.filter { $0[0] != "1" }.map { Array($0[1...]) } == [["0.1", "61.89"]], "S4D's ListOps has another size there")
  }

  @Test("wave errors: a series for each wave, and what guessing reaches")
  func waveErrors() throws {
    let figure = try figure("wave-errors", runs: [("tfb-waves-2", [1, 2], 0.2)])
    #expect(try marks(figure, panel: 2, series: 3) == (1...3).map { ["\($0)", "0.315", "0.31", "0.32", ""] })
    #expect(try marks(figure, panel: 2, series: 5).map { $0[1] } == ["0.125", "0.125"])
    #expect(figure.commands.map { $0.split(separator: " ")[2] } == [1, 3, 4].map { "EXPERIMENT=tfb-waves-\($0)" })
  }

  @Test("wave poles: magnitudes before and after training; a pole at 0 stands at the end of the axis")
  func wavePoles() throws {
    let figure = try figure("wave-poles", runs: [("tfb-waves-1", [1], 0.2)])
    #expect(
      try marks(figure, panel: 1, series: 1).map { Array($0[..<2]) } == [["0.01", "2"], ["16", "18"], ["32", "34"], ["48", "50"]])
  }

  @Test("wave pole trajectories: a series for each mode, in it one line for each channel, cut by a row without y")
  func wavePoleTrajectories() throws {
    let figure = try figure("wave-pole-trajectories", runs: [("tfb-waves-1", [1, 2], 0.2)])
    let first = try marks(figure, panel: 1, series: 1).map { Array($0[..<2]) }
    #expect(first == [["0", "0.01"], ["1", "1"], ["2", "2"], ["0", ""], ["0", "0.01"], ["1", "2"], ["2", "4"], ["0", ""]])
    let last = try marks(figure, panel: 1, series: 4).map { Array($0[..<2]) }
    #expect(last == [["0", "48"], ["1", "47"], ["2", "46"], ["0", ""], ["0", "48"], ["1", "46"], ["2", "44"], ["0", ""]])
    #expect(figure.commands.count == 3)
  }

  @Test("what only training can write asks for the run to be made again, not to be continued")
  func missingTrajectories() throws {
    let path = "runs/tfb-waves-1/smoke/seed-1"
    let figure = try figure(
      "wave-pole-trajectories", runs: [("tfb-waves-1", [1], 0.5)],
      change: { try FileManager.default.removeItem(atPath: "\(folder)/\(path)/pole-trajectories.csv") }
    )
    let command = try #require(figure.commands.first)
    #expect(command.hasPrefix("rm -r ") && command.hasSuffix("\(path) && make run EXPERIMENT=tfb-waves-1 SEED=1 PRESET=smoke"))
  }

  @Test("ablation: cells by their places in the grid, in percent; cells without a run are named")
  func ablation() throws {
    let figure = try figure("ablation", runs: [("tfb-ablation-scifar-alpha-3-beta-0.5", [1, 2, 3], 0.4)])
    #expect(try marks(figure, panel: 1, series: 1) == [["3", "3", "41", "43", "42"]])
    #expect(try marks(figure, panel: 1, series: 2).count == 15)
    #expect(figure.commands.isEmpty)
  }

  @Test("denoising: the loss of each probe over the spacing and over β, and that of the pictures as they are")
  func denoising() throws {
    let figure = try figure("denoising-errors", runs: [("tfb-denoising-raw", [1], 0.2), ("tfb-denoising-middle", [1], 0.3)])
    #expect(try marks(figure, panel: 1, series: 1).map { Array($0[..<2]) } == [["1", "0.2"], ["10", "0.3"]])
    #expect(try marks(figure, panel: 1, series: 5).map { Array($0[..<2]) } == [["1", "0.3"], ["10", "0.4"]])
    // The spacings are π/3, π, 10π and 490.52.
    #expect(try marks(figure, panel: 3, series: 1).map { Array($0[..<2]) } == [["0", "0.2"]])
    #expect(try marks(figure, panel: 4, series: 1).map { Array($0[..<2]) } == [["0", "0.3"]])
    #expect(try marks(figure, panel: 1, series: 3).isEmpty, "nothing as released")
  }

  @Test("denoising as released has lines of its own")
  func releasedDenoising() throws {
    let runs: [(String, [UInt64], Double)] = [
      ("tfb-denoising-flip-beta-minus-1", [1], 0.2), ("tfb-denoising-flip-beta-minus-1-released", [1], 0.4),
    ]
    let figure = try figure("denoising-errors", runs: runs)
    let (plain, released) = try (marks(figure, panel: 5, series: 1), marks(figure, panel: 5, series: 3))
    #expect(plain.map { Array($0[..<2]) } == [["-1", "0.2"]])
    #expect(released.map { Array($0[..<2]) } == [["-1", "0.4"]])
  }

  @Test("denoised pictures: a packed colour for each pixel")
  func pictures() throws {
    let figure = try figure("denoising-pictures", runs: [("tfb-denoising-raw", [1], 0.2)])
    let table = try CSVTable(text: figure.csv, path: "-", fix: "-")
    #expect(
      table.header == [
        "panel", "experiment", "row", "column", "clean", "vertical", "vertical_denoised", "horizontal", "horizontal_denoised",
      ])
    #expect(table.rows.count == 24)
    #expect(table.rows.last.map { Array($0[2...4]) } == ["3", "5", "\(120 << 16 | 128 << 8 | 255)"])
  }

  @Test("delay: error over the initial time step of each initialisation")
  func delay() throws {
    let runs: [(String, [UInt64], Double)] = [
      ("dfout-delay-s4d-lin-dt-0.002", [1], 0.2), ("dfout-delay-xi-0.01", [1], 0.1), ("dfout-delay-dfout", [1], 0.3),
      ("dfout-delay-s4d-legs-dt-0.002-512-modes", [1], 0.4),
    ]
    let figure = try figure("delay", runs: runs)
    #expect(try marks(figure, panel: 1, series: 1).count == 1)
    #expect(try marks(figure, panel: 1, series: 6) == [["0.01", "0.11", "", "", ""]])
    // A level line from the smallest Δ to the largest, at preset smoke ten times those of the paper's lag.
    #expect(try marks(figure, panel: 1, series: 4).map { Array($0[..<2]) } == [["0.005", "0.31"], ["0.16", "0.31"]])
    #expect(try marks(figure, panel: 1, series: 7).map { Array($0[..<2]) } == [["0.02", "0.41"]])
    #expect(try marks(figure, panel: 2, series: 2).prefix(2).map { Array($0[..<2]) } == [["0", "-1"], ["1", "-0.5"]])
    #expect(figure.commands == ["make run EXPERIMENT=dfout-delay-s4d-lin-dt-0.003 SEED=1 PRESET=smoke"])
  }

  @Test("cut models: accuracy over kernel steps and layers; scores over the largest, without those that are not finite")
  func scifarCut() throws {
    let runs: [(String, [UInt64], Double)] = [
      ("dfout-scifar-s4d-lin-whole", [1], 0.5), ("dfout-scifar-s4d-lin-kernel-8", [1], 0.3), ("dfout-scifar-s4d-lin-layers-2", [1], 0.4),
      ("dfout-scifar-s4d-lin-systems-1", [1], 0.35),
    ]
    let figure = try figure("scifar-cut", runs: runs)
    let marks12 = try marks(figure, panel: 1, series: 1)
    #expect(marks12.map { Array($0[..<2]) } == [["8", "31"], ["1024", "51"]])
    let marks13 = try marks(figure, panel: 2, series: 1)
    #expect(marks13.map { Array($0[..<2]) } == [["2", "41"], ["4", "51"]])
    let systems = try marks(figure, panel: 2, series: 2)
    #expect(systems.map { Array($0[..<2]) } == [["1", "36"], ["4", "51"]], "the other reading of layers that are cut")
    let scores = try marks(figure, panel: 3, series: 1).map { Array($0[..<2]) }
    #expect(scores == [["0.01", "0.3333333"], ["0.02", "0.6666667"], ["0.03", "1"]])
  }

  @Test("ε-ranks: the share of systems over the middle of each bin of four ranks, before and after training")
  func ranks() throws {
    let figure = try figure("ranks", runs: [("hope-scifar", [1], 0.5)])
    let before = try marks(figure, panel: 1, series: 1).map { Array($0[..<2]) }
    #expect(before == [["14.5", "25"], ["30.5", "25"], ["46.5", "25"], ["62.5", "25"]])
    // Ranks 2, 4 and 6; the system without a rank does not count.
    let after = try marks(figure, panel: 1, series: 2).map { Array($0[..<2]) }
    #expect(after == [["2.5", "66.66667"], ["6.5", "33.33333"]])
  }

  @Test("changed systems: medians over the draws with their range, in percent, and the model as it is; a missing one names its command")
  func trainedPerturbation() throws {
    let figure = try figure("trained-perturbation", runs: [("hope-scifar", [1], 0.5)])
    let table = try CSVTable(text: figure.csv, path: "-", fix: "-")
    let panel = try #require(table.rows.first { $0[1] == "hope-scifar" }?[0])
    let values = try marks(figure, panel: try #require(Int(panel)), series: 1)
    #expect(values.first == ["0.0001", "49.98", "49.97", "49.99", ""] && values.last == ["0.1", "30", "20", "40", ""])
    #expect(table.rows.filter { $0[0] == panel && $0[3] == "" }.map { Array($0[4...5]) } == [["0.0001", "50"], ["0.1", "50"]])
    let changes = try marks(figure, panel: try #require(Int(panel)) + 1, series: 1)
    #expect(changes.map { Array($0[..<2]) } == [["0.0001", "0.0002"], ["0.001", "0.002"], ["0.01", "0.02"], ["0.1", "0.2"]])
    #expect(
      figure.commands.allSatisfy { $0 == "make perturb EXPERIMENT=hope-noisy-scifar-s4d SEED=1 PRESET=smoke" }
        && figure.commands.count == 2)
  }

  @Test("what was measured on other weights than the run holds now is no mark")
  func stalePerturbation() throws {
    let figure = try figure(
      "trained-perturbation", runs: [("hope-scifar", [1], 0.5)],
      change: {
        try AtomicFile.write("other weights", to: "\(folder)/runs/hope-scifar/smoke/seed-1/checkpoints/best-epoch-0001.safetensors")
      }
    )
    #expect(figure.commands.count == 4)
  }

  @Test("local kernels lie on the grid of the picture, over their largest value")
  func localKernels() throws {
    let figure = try figure("local-kernels", runs: [("dfout-scifar-s4d-lin", [1], 0.5)])
    let pixels = try marks(figure, panel: 2, series: 1)
    #expect(pixels.count == 1024 && pixels[33][0] == "1" && pixels[33][1] == "1" && pixels[0][4] == "-1")
  }

  @Test("a run that an earlier version made, without the file, has a frame that says how to add it")
  func missingFile() throws {
    let path = "runs/dfout-scifar-s4d-lin/smoke/seed-1"
    let figure = try figure(
      "trained-poles", runs: [("dfout-scifar-s4d-lin", [1], 0.5)],
      change: { try FileManager.default.removeItem(atPath: "\(folder)/\(path)/modes.csv") }
    )
    let command = try #require(figure.commands.first)
    #expect(command.hasPrefix("rm ") && command.contains("\(path)/summary.json && make run EXPERIMENT=dfout-scifar-s4d-lin SEED=1"))
  }

  @Test("a damaged file is an error that names it")
  func damaged() throws {
    let path = "runs/tfb-waves-1/smoke/seed-1/poles.csv"
    let error = #expect(throws: StageError.self) {
      _ = try figure("wave-poles", runs: [("tfb-waves-1", [1], 0.5)]) {
        try AtomicFile.write("channel,mode\n1,1\n", to: "\(folder)/\(path)")
      }
    }
    #expect(error?.code == .badData && error?.location.hasSuffix(path) == true)
  }
}
