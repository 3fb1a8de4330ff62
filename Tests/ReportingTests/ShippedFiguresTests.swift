import Catalogue
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

/// Shipped runs hold all that figures and tables read.
@Suite(.temporaryFolder) struct ShippedFiguresTests {
  /// What shows data of others, which is not shipped.
  private static let ofOwnRunsAlone: Set = ["denoising-pictures", "moving-mnist-film", "moving-mnist-animation"]

  @Test("figures and tables of shipped runs are those of the runs themselves") func equality() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let preset = Preset.smoke
    var excerptCount = 0
    for experiment in catalogue.experiments(at: preset) {
      let excerpts = catalogue.excerpts(of: experiment)
      excerptCount += excerpts.count
      // Longer than what any figure reads.
      try writeWholeRun(of: experiment, seed: 1, results: folder, lagCount: excerpts.isEmpty ? 3 : 1100)
      let path = FinishedRun.relativePath(experiment: experiment.id, preset: preset, seed: 1)
      let run = try FinishedRun(path: path, origin: .own, results: folder)
      try ShippedRun(run, excerpts: excerpts).write(to: "\(folder)/shipped/\(path)")
    }
    #expect(excerptCount > 10)
    let own = FinishedRuns(results: folder, origins: [.own])
    let shipped = FinishedRuns(results: folder, origins: [.shipped])
    #expect(own.problems.isEmpty && shipped.problems.isEmpty && own.runs.count == shipped.runs.count)
    for definition in FigureList.all(catalogue) where !Self.ofOwnRunsAlone.contains(definition.name) {
      let expected = try definition.figure(catalogue, preset: preset, runs: own)
      let found = try definition.figure(catalogue, preset: preset, runs: shipped)
      #expect(expected.csv == found.csv && expected.commands == found.commands, "\(definition.name)")
    }
    let (ownTables, shippedTables) = (
      ResultTables(preset: preset, catalogue: catalogue, runs: own), ResultTables(preset: preset, catalogue: catalogue, runs: shipped)
    )
    for name in ownTables.names {
      #expect(try ownTables.document(name)?.csv == shippedTables.document(name)?.csv, "\(name)")
    }
  }
}
