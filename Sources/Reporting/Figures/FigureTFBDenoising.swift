import Catalogue
import Documents
import Foundation
import Runs
import SequenceModels
import Vocabulary

extension FigureDefinition {
  private static func model(_ result: ExperimentResult) -> DenoiserSpecification? { model(result.experiment) }

  // Inlined, it stops the optimiser of Swift 6.3.1 with an error of its own.
  @inline(never)
  private static func model(_ experiment: Experiment) -> DenoiserSpecification? {
    if case .denoiser(let model) = experiment.configuration.model { model } else { nil }
  }

  /// The published default, whose frequencies are π apart.
  private static func isUsual(_ model: DenoiserSpecification?) -> Bool { model.map { abs($0.frequencyStep - .pi) < 1e-6 } ?? false }

  private static let kinds = [
    (name: "vertical", label: "vertical stripes, high frequency", hue: SeriesHue.ordered(0, of: 6)),
    (name: "horizontal", label: "horizontal stripes, low frequency", hue: SeriesHue.ordered(3, of: 6)),
  ]

  /// Mean squared error to the clean picture under both kinds of stripes: over the spacing of frequencies without a filter, then over β for
  /// each spacing.
  static let denoisingErrors = FigureDefinition(
    name: "denoising-errors", folder: "tfb", title: "TFB denoising: error under stripes",
    caption: "Frequencies are α·π rad/s apart. Dots: pictures left as they are. Marks at one α or β stand a little side by side.",
    needs: { $0.group == "denoising" }
  ) { inputs in
    func panel(_ title: String, _ results: [ExperimentResult], _ x: (DenoiserSpecification) -> Double) -> Figure.Panel {
      func points(_ kind: String, released: Bool, _ value: @escaping (RunSummary.ProbeResult) -> Double?) -> [Figure.Point] {
        results.filter { $0.experiment.isAsReleased == released }.compactMap { result in
          model(result).flatMap { model in result.mark(at: x(model)) { $0.probes?.first { $0.name == kind }.flatMap(value) } }
        }.sorted { $0.x < $1.x }
      }
      let series = kinds.flatMap { kind in
        var released = kind.hue
        released.variant = 1
        return [
          Figure.Series(label: kind.label, hue: kind.hue, points: points(kind.name, released: false) { $0.loss }),
          Figure.Series(
            label: "\(kind.name), left as it is", kind: .reference, hue: kind.hue,
            points: points(kind.name, released: false) { $0.inputLoss }, key: ""),
          Figure.Series(label: "\(kind.label), as released", hue: released, points: points(kind.name, released: true) { $0.loss }),
        ]
      }
      return inputs.panel(title, orElse: inputs.command(group: "denoising"), series)
    }
    let steps = Set(inputs.results.compactMap { model($0)?.frequencyStep }).sorted()
    return [panel("β = 0", inputs.results.filter { model($0)?.filterExponent == 0 }) { $0.frequencyStep / .pi }]
      + steps.map { step in
        panel("α = \(text(step / .pi))", inputs.results.filter { model($0)?.frequencyStep == step }) {
          $0.filterExponent
        }
      }
  }

  /// The first test picture: clean, with stripes, and what the model makes of it.
  static let denoisingPictures = FigureDefinition(
    name: "denoising-pictures", folder: "tfb", title: "TFB denoising: first picture of the test split",
    // One line of the grid in each direction.
    needs: { $0.group == "denoising" && !$0.isAsReleased && (model($0)?.filterExponent == 0 || isUsual(model($0))) },
    csv: { inputs in
      var csv = CSVText.line(["panel", "experiment", "row", "column"] + pictures.map { $0.replacingOccurrences(of: "-", with: "_") })
      for (index, result) in ordered(inputs).enumerated() {
        for row in try pixels(result) {
          csv += CSVText.line(["\(index + 2)", result.experiment.id] + row.map { "\($0)" })
        }
      }
      return csv
    }
  ) { inputs in
    let panels = try ordered(inputs).map { result in
      let rows = try pixels(result)
      let title =
        model(result).map { "α = \(text($0.frequencyStep / .pi)), β = \(GridLabel.digits($0.filterExponent))" } ?? result.experiment.title
      guard let last = rows.last else { return Figure.Panel(title: title, command: result.analysisCommand) }
      return Figure.Panel(
        title: title, series: [result.series("", .marks, hue: .gray)],
        variables: ["height": "\(last[0] + 1)", "width": "\((rows.map { $0[1] }.max() ?? 0) + 1)", "kind": "denoised"])
    }
    // What goes in is the same for all: it stands once, before them, from the first that has run.
    guard let first = panels.firstIndex(where: \.command.isEmpty) else { return panels }
    let variables = panels[first].variables.merging(["kind": "inputs", "source": "\(first + 2)"]) { $1 }
    return [Figure.Panel(title: "what goes in", series: panels[first].series, variables: variables)] + panels
  }

  private static func text(_ value: Double) -> String { String(format: "%.3g", value) }

  private static let pictures = ["clean", "vertical", "vertical-denoised", "horizontal", "horizontal-denoised"]

  private static func ordered(_ inputs: FigureInputs) -> [ExperimentResult] {
    inputs.results.sorted { first, second in
      guard let a = model(first), let b = model(second) else { return first.experiment.id < second.experiment.id }
      return (a.filterExponent == 0 ? 0 : 1, a.frequencyStep, a.filterExponent)
        < (b.filterExponent == 0 ? 0 : 1, b.frequencyStep, b.filterExponent)
    }
  }

  /// Row, column and of each picture 65536·red + 256·green + blue, of the first seed; empty without a run that has pictures.
  private static func pixels(_ result: ExperimentResult) throws -> [[Int]] {
    try result.rows([PictureColumn.row, .column] + pictures.flatMap(PictureColumn.colours)).map { row in
      let values = row.map { Int($0 ?? 0) }
      let colours = (0..<pictures.count).map { (picture: Int) -> Int in
        let first = 2 + 3 * picture
        return 65536 * values[first] + 256 * values[first + 1] + values[first + 2]
      }
      return values[..<2] + colours
    }
  }
}
