import AnalyticResults
import Foundation
import RunSupport

/// Draws results that need no training from their CSV files.
package enum AnalyticFigure {
  /// Copies the tables of a result from `input` beside its script, `<output>/<paper>/<name>.gp`, and draws `<name>.svg` there.
  ///
  /// Scripts get the variables `style` (folder of what they share), `result` (its name), `base` (path of the tables, without `.csv`), `tables` (names of those
  /// that are there, between blanks), `figure_title` and `command`. Without any table an empty frame names the command.
  ///
  /// - Returns: the files' paths and whether each changed.
  /// - Throws: `StageError` if gnuplot or the script fails, or a file cannot be read or written.
  package static func draw(
    _ result: any AnalyticResult, input: String, output: String, gnuplot: Gnuplot
  ) throws -> [(path: String, changed: Bool)] {
    let folder = "\(output)/\(result.paper.rawValue)"
    let names = AnalyticResults.tableNames(of: result, in: input)
    var files: [(path: String, changed: Bool)] = []
    for name in names {
      let path = "\(folder)/\(name).csv"
      files.append((path, try AtomicFile.writeIfChanged(text(of: "\(input)/\(name).csv"), to: path)))
    }
    try AnalyticResults.deleteTables(of: result, in: folder, except: names)
    let variables = [
      ("style", output), ("result", result.name), ("base", "\(folder)/\(result.name)"), ("tables", " \(names.joined(separator: " ")) "),
      ("figure_title", result.title), ("command", result.command),
    ]
    let script = names.isEmpty ? "\(output)/empty-figure.gp" : "\(folder)/\(result.name).gp"
    let svg = "\(folder)/\(result.name).svg"
    files.append((svg, try gnuplot.draw(script: script, variables: variables, output: svg)))
    return files
  }

  private static func text(of path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw StageError(
        .inputOutput, "cannot read a table", where: path, why: error.localizedDescription, fix: "run make reproduce-analytic again")
    }
  }
}
