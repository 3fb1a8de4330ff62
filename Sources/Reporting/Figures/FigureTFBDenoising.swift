import Catalogue
import Documents
import Foundation
import Runs
import SequenceModels
import Vocabulary

extension FigureDefinition {
  private static let isDenoising: @Sendable (Experiment) -> Bool = { $0.group == "denoising" && !$0.isAsReleased }

  private static func model(_ result: ExperimentResult) -> DenoiserSpecification? {
    if case .denoiser(let model) = result.experiment.configuration.model { model } else { nil }
  }

  /// Mean squared error to the clean picture under both kinds of stripes, over the spacing of frequencies and over β.
  static let denoisingErrors = FigureDefinition(
    name: "denoising-errors", folder: "tfb", title: "TFB denoising: error under stripes", needs: isDenoising
  ) { inputs in
    // The published default, whose frequencies are π apart.
    let usual = Double.pi
    let spacings = inputs.results.filter { Self.model($0)?.filterExponent == 0 }
    let exponents = inputs.results.filter { Self.model($0).map { abs($0.frequencyStep - usual) < 1e-6 } ?? false }
    func panel(_ title: String, _ results: [ExperimentResult], _ x: (DenoiserSpecification) -> Double) -> Figure.Panel {
      let kinds = [("vertical", "vertical, high frequency"), ("horizontal", "horizontal, low frequency")]
      let series = kinds.enumerated().flatMap { index, kind in
        func points(_ value: @escaping (RunSummary.ProbeResult) -> Double?) -> [Figure.Point] {
          results.compactMap { result in
            Self.model(result).flatMap { model in
              result.mark(at: x(model)) { $0.probes?.first { $0.name == kind.0 }.flatMap(value) }
            }
          }.sorted { $0.x < $1.x }
        }
        return [
          Figure.Series(label: kind.1, colour: index + 1, points: points { $0.loss }),
          Figure.Series(label: "\(kind.0), left as it is", kind: .reference, colour: index + 1, points: points { $0.inputLoss }),
        ]
      }
      return inputs.panel(title, orElse: inputs.command(group: "denoising"), series)
    }
    return [
      panel("β = 0", spacings) { $0.frequencyStep / usual },
      panel("spacing π rad/s (α = 1)", exponents) { $0.filterExponent },
    ]
  }

  /// The first test picture: clean, with stripes, and what the model makes of it.
  static let denoisingPictures = FigureDefinition(
    name: "denoising-pictures", folder: "tfb", title: "TFB denoising: first picture of the test split", needs: isDenoising,
    csv: { inputs in
      var csv = CSVText.line(["panel", "experiment", "row", "column"] + pictures.map { $0.replacingOccurrences(of: "-", with: "_") })
      for (index, result) in ordered(inputs).enumerated() {
        for row in try pixels(result) {
          csv += CSVText.line(["\(index + 1)", result.experiment.id] + row.map { "\($0)" })
        }
      }
      return csv
    }
  ) { inputs in
    try ordered(inputs).map { result in
      let rows = try pixels(result)
      let title = model(result).map { "α = \(text($0.frequencyStep / .pi)), β = \($0.filterExponent.plainText)" } ?? result.experiment.title
      guard let last = rows.last else { return Figure.Panel(title: title, command: result.analysisCommand) }
      return Figure.Panel(
        title: title, series: [result.series("pixels", .marks)],
        variables: ["height": "\(last[0] + 1)", "width": "\((rows.map { $0[1] }.max() ?? 0) + 1)"])
    }
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
