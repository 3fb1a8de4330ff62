import Experiments
import Foundation
import RunSupport

/// A figure with a panel per experiment: a CSV file with its numbers and what gnuplot must know besides.
package struct Figure {
  /// One experiment; without runs an empty frame that names the command which fills it.
  struct Panel {
    let title: String
    /// What fills an empty frame; empty if there is something to draw.
    let command: String
    /// What the script loops over in this panel, such as seeds or layers.
    let series: [String]
  }

  /// `learning-curves`: the name of the script and the beginning of the names of its files.
  package let name: String
  let title: String
  let preset: Preset
  let panels: [Panel]
  package let csv: String

  /// Writes `<name>-<preset>.csv` and draws `<name>-<preset>.svg` in a folder that holds `<name>.gp`.
  ///
  /// The folder also holds what the scripts share, `style.gp` and `empty-frame.gp`.
  ///
  /// - Returns: the files' paths and whether each changed.
  /// - Throws: `StageError` if gnuplot is missing or fails, or a file cannot be written.
  package func write(to folder: String, gnuplot: Gnuplot) throws -> [(path: String, changed: Bool)] {
    let base = "\(folder)/\(name)-\(preset.rawValue)"
    let csvChanged = try AtomicFile.writeIfChanged(csv, to: "\(base).csv")
    var variables = [
      ("folder", folder), ("input", "\(base).csv"), ("figure_title", "\(title), preset \(preset.rawValue)"), ("panels", "\(panels.count)"),
    ]
    for (index, panel) in panels.enumerated() {
      variables.append(("title\(index + 1)", panel.title))
      variables.append(("command\(index + 1)", panel.command))
      variables.append(("series\(index + 1)", panel.series.joined(separator: " ")))
    }
    let svgChanged = try gnuplot.draw(script: "\(folder)/\(name).gp", variables: variables, output: "\(base).svg")
    return [("\(base).csv", csvChanged), ("\(base).svg", svgChanged)]
  }

  /// The panel of an experiment without runs.
  static func emptyPanel(_ result: ExperimentResult) -> Panel {
    Panel(title: result.experiment.title, command: result.command(), series: [])
  }
}
