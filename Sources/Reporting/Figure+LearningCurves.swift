import Experiments
import Foundation

extension Figure {
  /// Training and validation accuracy per epoch, a line per seed, and chance.
  ///
  /// - Throws: `StageError` if a finished run has no readable `metrics.csv`.
  package static func learningCurves(_ results: [ExperimentResult], preset: Preset) throws -> Figure {
    var csv = CSVTable.line(["panel", "experiment", "seed", "epoch", "train_percent", "validation_percent", "chance_percent"])
    var panels: [Panel] = []
    for (index, result) in results.enumerated() {
      guard !result.runs.isEmpty else {
        panels.append(emptyPanel(result))
        continue
      }
      for run in result.runs { csv += try lines(of: run, panel: index + 1) }
      panels.append(
        Panel(title: "\(result.experiment.title) (\(result.seedText))", command: "", series: result.seeds().map(String.init)))
    }
    return Figure(name: "learning-curves", title: "Learning curves (thick: mean over seeds)", preset: preset, panels: panels, csv: csv)
  }

  private static func lines(of run: FinishedRun, panel: Int) throws -> String {
    let table = try CSVTable(fromFile: "\(run.directory)/metrics.csv", fix: "delete the run's summary.json and run it again")
    let epoch = try table.index(of: "epoch")
    let train = try table.index(of: "train_accuracy")
    let validation = try table.index(of: "validation_accuracy")
    return try table.rows.enumerated().map { index, row in
      func percent(_ column: Int) throws -> String {
        try table.number(row[column], row: index).map { String(format: "%.3f", 100 * $0) } ?? ""
      }
      return CSVTable.line([
        "\(panel)", run.summary.experiment, "\(run.summary.seed)", row[epoch], try percent(train), try percent(validation),
        String(format: "%.3f", 100 * run.summary.chance),
      ])
    }.joined()
  }
}
