import Catalogue
import Documents
import Foundation
import RunSupport
import Runs

/// Test results of trained models whose systems were changed at random, a row for each model and a column for each size.
struct PerturbationTable {
  static let name = "hope-trained-perturbation"

  private static let header = [
    "experiment", "preset", "metric", "size", "draws", "value_median", "value_low", "value_high", "relative_change_median",
    "relative_change_low", "relative_change_high", "turned_poles_percent", "command",
  ]

  /// Every model of the figure, and every other one that was measured.
  ///
  /// - Throws: `StageError` (`badData`) if a run's `perturbation.csv` cannot be read.
  static func document(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) throws -> ResultDocument {
    let all = try catalogue.experiments(at: preset).map { try PerturbedResult(ExperimentResult($0, runs: runs)) }
    let shown = all.filter { !$0.levels.isEmpty || FigureDefinition.isPerturbed($0.result.experiment) }
    let sizes = Set(shown.flatMap { $0.levels.map(\.size) }).sorted()
    let introduction = """
      # HOPE, Theorems 2 and 4 on trained networks

      \(preset.presetLine)
      The metric on the test split after random changes of the trained systems, and below it the change ‖G − G̃‖∞/‖G‖∞ of the transfer function
      of the middle system: medians over draws and runs, in brackets the range. Changed are λ, B and C of S4D and h of HOPE, each row by exactly the
      relative size; a pole that would leave the half plane takes another direction ([docs/perturbation.md](../../docs/perturbation.md)). Sizes and draws are
      ours.


      """
    let head = ["Model", "Task", ""] + sizes.map { $0 == 0 ? "as trained" : GridLabel.digits($0) }
    let body = shown.flatMap { lines($0, sizes) }
    return ResultDocument(
      name: name, csv: CSVText.document(header, shown.flatMap(rows)),
      markdown: introduction + MarkdownText.table(head, body) + missing(shown) + "\n## Provenance\n\n"
        + RunProvenance.lines(shown.map(\.result)))
  }

  private static func rows(_ perturbed: PerturbedResult) -> [[String]] {
    let (experiment, metric) = (perturbed.result.experiment, perturbed.result.metric)
    let start = [experiment.id, experiment.preset.rawValue]
    guard !perturbed.levels.isEmpty else {
      return [start + Array(repeating: "", count: header.count - 3) + [perturbed.command]]
    }
    return perturbed.levels.map { level in
      func fields(_ values: SeedValues, _ text: (Double) -> String) -> [String] {
        [values.centre, values.values.min(), values.values.max()].map { $0.map(text) ?? "" }
      }
      return start + [metric.name, "\(level.size)", "\(level.values.values.count)"] + fields(level.values, metric.text(shown:))
        + fields(level.changes, Self.digits) + [level.turnedShare.map(Self.digits) ?? "", ""]
    }
  }

  private static func lines(_ perturbed: PerturbedResult, _ sizes: [Double]) -> [[String]] {
    guard !perturbed.levels.isEmpty else { return [] }
    let (experiment, metric) = (perturbed.result.experiment, perturbed.result.metric)
    func line(_ start: [String], _ values: KeyPath<PerturbedResult.Level, SeedValues>, _ text: (Double) -> String) -> [String] {
      start
        + sizes.map { size in
          guard let level = perturbed.levels.first(where: { $0.size == size }) else { return "" }
          let values = level[keyPath: values]
          return values.centre.map { text($0) + (values.range.map { " (\(text($0.lowerBound))–\(text($0.upperBound)))" } ?? "") } ?? ""
        }
    }
    return [
      line(
        [FigureDefinition.variantName(perturbed.result), CatalogueTitles.task(experiment.task), metric.name], \.values, metric.text(shown:)),
      line(["", "", "change of G"], \.changes, digits),
    ]
  }

  private static func missing(_ shown: [PerturbedResult]) -> String {
    let lines = shown.filter(\.levels.isEmpty).map { [FigureDefinition.variantName($0.result), "`\($0.command)`"] }
    return lines.isEmpty ? "" : "\n## Not measured\n\n" + MarkdownText.table(["Model", "Command"], lines)
  }

  private static func digits(_ value: Double) -> String { String(format: "%.3g", value) }
}
