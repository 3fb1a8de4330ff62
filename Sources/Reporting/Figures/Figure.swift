import Catalogue
import Documents
import Foundation
import RunSupport

/// A figure at one preset: its numbers as CSV, and what gnuplot must know besides.
package struct Figure {
  /// A mark of a panel; low and high are the range over seeds or systems.
  struct Point: Equatable {
    var x: Double
    var y: Double
    var low: Double?
    var high: Double?
    /// What a colour shows.
    var z: Double?
  }

  /// What is drawn in one colour.
  struct Series {
    enum Kind: String, CaseIterable {
      case line
      /// Single marks without a line.
      case marks
      /// A gray line for orientation: what guessing reaches, or a system before training.
      case reference
      /// What the paper prints.
      case published
      /// Only a name in the key.
      case missing
    }

    let label: String
    /// Empty where it is of no single one.
    var experiment = ""
    var kind = Kind.line
    /// From 1; series of one colour belong to each other. 0 is gray.
    var colour = 1
    var points: [Point] = []
  }

  /// One pair of axes; without data an empty frame that names the command which fills it.
  struct Panel {
    let title: String
    /// Empty if there is something to draw.
    var command = ""
    var series: [Series] = []
    /// Further variables of the script, without the panel's number: `xnames`.
    var variables: [String: String] = [:]
  }

  package let definition: FigureDefinition
  let preset: Preset
  let panels: [Panel]
  /// The table that the script reads; of the definition's own form, or `panel,experiment,series,label,x,y,low,high,z`.
  package let csv: String

  init(_ inputs: FigureInputs, as definition: FigureDefinition) throws {
    self.definition = definition
    preset = inputs.preset
    panels = try definition.panels(inputs)
    csv = try definition.csv?(inputs) ?? Self.csv(panels)
  }

  /// Whether the catalogue has nothing for it.
  package var isEmpty: Bool { panels.isEmpty }

  /// Commands of empty frames.
  package var commands: [String] { panels.map(\.command).filter { !$0.isEmpty } }

  /// Writes `<folder>/<name>-<preset>.csv` and draws `<name>-<preset>.svg` beside it.
  ///
  /// - Parameter root: holds a folder of scripts for each paper, and what the scripts share.
  /// - Returns: the files' paths and whether each changed.
  /// - Throws: `StageError` if gnuplot is missing or fails, or a file cannot be written.
  package func write(to root: String, gnuplot: Gnuplot) throws -> [(path: String, changed: Bool)] {
    let base = "\(root)/\(definition.folder)/\(definition.name)-\(preset.rawValue)"
    let csvChanged = try AtomicFile.writeIfChanged(csv, to: "\(base).csv")
    let svgChanged = try gnuplot.draw(
      script: "\(root)/\(definition.scriptPath)", variables: variables(root: root, input: "\(base).csv"), output: "\(base).svg")
    return [("\(base).csv", csvChanged), ("\(base).svg", svgChanged)]
  }

  /// What a script reads; `panels.gp` says what each is.
  private func variables(root: String, input: String) -> [(name: String, value: String)] {
    var variables = [
      ("style", root), ("input", input), ("figure_title", "\(definition.title), preset \(preset.rawValue)"), ("panels", "\(panels.count)"),
    ]
    for (index, panel) in panels.enumerated() {
      let number = index + 1
      variables += [("title\(number)", panel.title), ("command\(number)", panel.command), ("count\(number)", "\(panel.series.count)")]
      variables += panel.variables.sorted { $0.key < $1.key }.map { ("\($0.key)\(number)", $0.value) }
      func places(_ isMeant: (Series) -> Bool) -> String {
        panel.series.indices.filter { isMeant(panel.series[$0]) }.map { "\($0 + 1)" }.joined(separator: " ")
      }
      for kind in Series.Kind.allCases {
        variables.append(("\(kind.rawValue)\(number)", places { $0.kind == kind && (kind == .missing || !$0.points.isEmpty) }))
      }
      variables.append(("bands\(number)", places { series in series.points.contains { $0.low != nil && $0.high != nil } }))
      let points = panel.series.flatMap(\.points)
      variables += [("xspan\(number)", Self.span(points.map(\.x))), ("yspan\(number)", Self.span(points.map(\.y)))]
      variables.append(("xmost\(number)", "\(points.map(\.x).max() ?? 0)"))
      for (place, series) in panel.series.enumerated() {
        let suffix = "\(number)_\(place + 1)"
        variables += [("label\(suffix)", series.label), ("colour\(suffix)", "\(series.colour)")]
      }
    }
    return variables
  }

  /// An axis for numbers: chosen by gnuplot, but around a single one.
  private static func span(_ values: [Double]) -> String {
    guard let low = values.min(), let high = values.max(), high - low <= 1e-9 * abs(high) else { return "[*:*]" }
    return low == 0 ? "[-1:1]" : low > 0 ? "[\(0.8 * low):\(1.25 * high)]" : "[\(1.25 * low):\(0.8 * high)]"
  }

  private static func csv(_ panels: [Panel]) -> String {
    var text = CSVText.line(["panel", "experiment", "series", "label", "x", "y", "low", "high", "z"])
    for (panelIndex, panel) in panels.enumerated() {
      for (index, series) in panel.series.enumerated() {
        let start = CSVText.line(["\(panelIndex + 1)", series.experiment, "\(index + 1)", series.label]).dropLast() + ","
        for point in series.points {
          text += start + [point.x, point.y, point.low, point.high, point.z].map(number).joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }

  private static func number(_ value: Double?) -> String { value.map { $0.isFinite ? String(format: "%.7g", $0) : "" } ?? "" }
}
