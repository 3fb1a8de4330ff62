import Experiments
import Foundation

extension Figure {
  /// Longest lag that is drawn: several rows of the 32-pixel images, where structure shows.
  private static let longestLag = 256

  /// Mean magnitude of the convolution kernels over the channels of each layer, before and after training, of each experiment's first
  /// seed; only the first direction that the run lists.
  ///
  /// - Throws: `StageError` if a finished run has no readable `kernels.csv`.
  package static func kernels(_ results: [ExperimentResult], preset: Preset) throws -> Figure {
    var csv = CSVTable.line(["panel", "experiment", "seed", "layer", "lag", "initial", "trained"])
    var panels: [Panel] = []
    for (index, result) in results.enumerated() {
      guard let run = result.runs.first else {
        panels.append(emptyPanel(result))
        continue
      }
      let kernels = try forwardKernels(of: run)
      for row in kernels.rows { csv += CSVTable.line(["\(index + 1)", run.summary.experiment, "\(run.summary.seed)"] + row) }
      let title = "\(result.experiment.title) (seed \(run.summary.seed))"
      panels.append(Panel(title: title, command: "", series: kernels.layers))
    }
    return Figure(name: "kernels", title: "Kernel magnitude by layer", preset: preset, panels: panels, csv: csv)
  }

  /// Rows of layer, lag, initial and trained magnitude; names of the layers in their order.
  private static func forwardKernels(of run: FinishedRun) throws -> (rows: [[String]], layers: [String]) {
    let table = try CSVTable(fromFile: "\(run.directory)/kernels.csv", fix: "delete the run's summary.json and run it again")
    let columns = try ["layer", "lag", "initial", "trained"].map { try table.index(of: $0) }
    let direction = try table.index(of: "direction")
    let first = table.rows.first?[direction]
    let rows = table.rows
      .filter { $0[direction] == first && (Int($0[columns[1]]) ?? 0) < longestLag }
      .map { row in columns.map { row[$0] } }
    let layers = rows.map { $0[0] }.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    return (rows, layers)
  }
}
