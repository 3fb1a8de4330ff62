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
      /// A line with a symbol at its points.
      case line
      /// A line of many points, without symbols.
      case curve
      /// Single marks without a line.
      case marks
      case bars
      /// A dotted line for orientation: a system before training, or a picture left as it is.
      case reference
      /// A dashed line for what guessing reaches.
      case level
      /// What the paper prints.
      case published
      /// Without a run: a note below the panel's title, or marks where runs would be.
      case missing
    }

    let label: String
    /// Empty where it is of no single one.
    var experiment = ""
    var kind = Kind.line
    var hue = SeriesHue.gray
    var points: [Point] = []
    /// What the key says in place of the label; empty leaves it out.
    var key: String?

    var keyLabel: String { key ?? label }
    var hasRange: Bool { points.contains { $0.low != nil && $0.high != nil } }
  }

  /// One pair of axes; without data an empty frame that names the command which fills it.
  struct Panel {
    let title: String
    /// Empty if there is something to draw, or if nothing can be.
    var command = ""
    /// Why nothing can be drawn at this preset, whatever is run.
    var reason = ""
    /// What is said below the title.
    var note = ""
    var series: [Series] = []
    /// Further variables of the script, without the panel's number: `xnames`.
    var variables: [String: String] = [:]
    /// What the key says besides the series.
    var keys: [FigureKey.Entry] = []
    /// Sentences for the figure's caption.
    var remarks: [String] = []
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

  /// Reasons of empty frames that no command fills.
  package var reasons: [String] { panels.map(\.reason).filter { !$0.isEmpty } }

  /// What the key says, in its order.
  package var keyLabels: [String] { key.entries.map(\.label) }

  var key: FigureKey { FigureKey(panels, band: definition.band) }

  /// Writes `<folder>/<name>-<preset>.csv` and draws `<name>-<preset>.svg` beside it, or a picture of the definition's format.
  ///
  /// - Parameter root: holds a folder of scripts for each paper, and what the scripts share.
  /// - Returns: the files' paths and whether each changed.
  /// - Throws: `StageError` if gnuplot is missing or fails, or a file cannot be written.
  package func write(to root: String, gnuplot: Gnuplot) throws -> [(path: String, changed: Bool)] {
    let base = "\(root)/\(definition.folder)/\(definition.name)-\(preset.rawValue)"
    let csvChanged = try AtomicFile.writeIfChanged(csv, to: "\(base).csv")
    let picture = "\(base).\(definition.format.rawValue)"
    let pictureChanged = try gnuplot.draw(
      script: "\(root)/\(definition.scriptPath)", variables: scriptVariables(root: root, input: "\(base).csv"), output: picture,
      format: definition.format)
    return [("\(base).csv", csvChanged), (picture, pictureChanged)]
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
