import Catalogue
import Documents
import Foundation
import RunFixtures
import Reporting
import Runs
import TestSupport
import Testing

/// How figures show their series: one look for each method, one key, settings as they were run, and nothing where nothing is a result.
@Suite(.temporaryFolder) struct FigureStyleTests {
  private func figure(_ name: String, runs ids: [String]) throws -> Figure {
    let catalogue = try ExperimentCatalogue.shared()
    for id in ids { try writeWholeRun(of: catalogue.resolve(id: id, preset: .smoke), seed: 1, results: folder) }
    let definition = try #require(try FigureList.named([name], catalogue).first)
    return try definition.figure(catalogue, preset: .smoke, runs: FinishedRuns(results: folder))
  }

  /// Panel and label of each series with marks, in the order of the figure.
  private func labels(_ figure: Figure) throws -> [String] {
    let table = try CSVTable(text: figure.csv, path: "-", fix: "-")
    var labels: [String] = []
    for row in table.rows where !row[3].isEmpty && labels.last != "\(row[0]) \(row[3])" { labels.append("\(row[0]) \(row[3])") }
    return labels
  }

  @Test("learning curves: one panel for all methods of a task, variants behind their method, settings in numeric order")
  func panels() throws {
    let lra = try figure(
      "learning-curves-lra", runs: ["hope-lra-image-released", "hope-lra-image", "dfout-lra-image-unit-input", "dfout-lra-image"])
    let image = try labels(lra)
    #expect(Set(image.map { $0.prefix(2) }).count == 1)
    #expect(image.map { String($0.dropFirst(2)) } == ["S4D-DFouT", "S4D-DFouT (unit input)", "HOPE", "HOPE (as released)"])
    let cut = try figure("learning-curves-scifar", runs: ["16", "256", "32", "4"].map { "dfout-scifar-s4d-lin-kernel-\($0)" })
    #expect(try labels(cut).map { String($0.dropFirst(2)) } == ["4", "16", "32", "256"].map { "S4D-Lin, kernels of \($0) steps" })
  }

  @Test("learning curves of a large grid: a panel for each value of its first setting, one key for all")
  func grid() throws {
    let ids = try ExperimentCatalogue.shared().experiments(at: .smoke).filter { $0.group == "ablation" }.map(\.id)
    let figure = try figure("learning-curves-ablation", runs: ids)
    let labels = try labels(figure)
    #expect(labels.count == 16 && Array(labels.prefix(4)) == ["−0.5", "0", "0.5", "1"].map { "1 TFB, β = \($0)" })
    #expect(figure.keyLabels == ["−0.5", "0", "0.5", "1"].map { "TFB, β = \($0)" })
  }

  @Test("generated pairs of documents are no result in a figure either", arguments: ["sensitivity", "learning-curves-sensitivity"])
  func withoutResult(name: String) throws {
    let figure = try figure(name, runs: ["dfout-sensitivity-retrieval-xi-0.1", "dfout-sensitivity-text-xi-0.1"])
    let table = try CSVTable(text: figure.csv, path: "-", fix: "-")
    #expect(!table.rows.isEmpty && table.rows.allSatisfy { !$0[1].contains("retrieval") })
    #expect(figure.reasons == ["no result at this preset: generated pairs"])
    #expect(figure.commands.allSatisfy { !$0.contains("retrieval") })
  }

  @Test("titles and figures name the time step that ran, not that of the paper")
  func timestep() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let titles = try [Preset.smoke, .paper].map { try catalogue.resolve(id: "dfout-delay-s4d-lin-dt-0.002-512-modes", preset: $0).title }
    #expect(titles == ["S4D-Lin on the delay task, Δ = 0.02, 32 modes", "S4D-Lin on the delay task, Δ = 0.002, 512 modes"])
    let curves = try figure("learning-curves-delay", runs: ["dfout-delay-s4d-lin-dt-0.002"])
    #expect(try labels(curves) == ["1 S4D-Lin, Δ = 0.02"])
  }

  @Test("every method of the catalogue has a colour and a symbol of its own in style.gp, and no script names another colour for it")
  func methods() throws {
    let style = try String(contentsOfFile: "\(Fixtures.plottingScripts)/style.gp", encoding: .utf8)
    let line = try #require(style.split(separator: "\n").first { $0.hasPrefix("methods = ") })
    let known = line.split(separator: "\"")[1].split(separator: " ").map(String.init)
    let used = Set(try ExperimentCatalogue.shared().all.map { $0.method.components(separatedBy: " (")[0] })
    #expect(used.subtracting(known).isEmpty && Set(known).count == known.count)
  }
}
