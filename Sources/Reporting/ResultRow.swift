import Experiments
import Foundation

/// One experiment beside one published cell.
struct ResultRow {
  let result: ExperimentResult
  /// Nil for an experiment that answers no paper.
  let answer: Answer?
  /// Nil if `published.csv` has no such cell.
  let number: PublishedNumbers.Number?

  static let csvHeader = [
    "experiment", "preset", "task", "method", "metric", "probe", "statistic", "value", "deviation", "seeds", "missing_seeds",
    "chance", "data", "published", "published_deviation", "paper", "table", "row", "column", "command",
  ]

  var csvFields: [String] {
    let experiment = result.experiment
    let data = result.runs.isEmpty ? "" : result.unofficialData ? "unofficial" : "official or generated"
    return [
      experiment.id, experiment.preset.rawValue, experiment.task, experiment.method, metric, answer?.probe ?? "",
      experiment.statistic.rawValue, text(value), text(deviation), Self.list(seeds), Self.list(missingSeeds),
      text(answer?.probe == nil ? result.chance : nil), data, Self.published(number?.value), Self.published(number?.deviation),
      answer?.cell.paper ?? "", answer?.cell.table ?? "", answer?.cell.row ?? "", answer?.cell.column ?? "",
      missingSeeds.isEmpty ? "" : result.command(answer?.probe),
    ]
  }

  static let markdownHeader = ["Experiment", "Metric", "Ours", "Seeds", "Chance", "Published", "Published cell"]

  var markdownFields: [String] {
    let cellText = answer.map { $0.isExtra ? "" : "\($0.cell.paper), \($0.cell.table): \($0.cell.row), \($0.cell.column)" } ?? ""
    return [
      title, metric, ours, seedText, text(answer?.probe == nil ? result.chance : nil), publishedText, cellText,
    ]
  }

  private var ours: String {
    guard result.isResult else { return "no result at this preset: generated pairs" }
    guard value != nil else { return "`\(result.command(answer?.probe))`" }
    let deviation = deviation.map { " ± \(text($0))" } ?? ""
    let mark = result.unofficialData ? ", unofficial data" : ""
    let statistic = seeds.count > 1 ? result.experiment.statistic.rawValue : "one seed"
    return "\(text(value))\(deviation) (\(statistic), \(result.experiment.preset.rawValue)\(mark))"
  }

  private var seedText: String {
    if seeds.isEmpty { return "" }
    return Self.list(seeds) + (missingSeeds.isEmpty ? "" : " (missing: \(Self.list(missingSeeds)))")
  }

  private var publishedText: String {
    guard let value = number?.value else { return "" }
    return Self.published(value) + (number?.deviation.map { " ± \(Self.published($0))" } ?? "")
  }

  private static func list(_ seeds: [UInt64]) -> String { seeds.map(String.init).joined(separator: " ") }

  private var seeds: [UInt64] { result.seeds(answer?.probe) }

  private var missingSeeds: [UInt64] { result.missingSeeds(answer?.probe) }

  private var value: Double? { result.value(answer?.probe) }

  private var deviation: Double? { result.deviation(answer?.probe) }

  private var title: String { result.experiment.title + (answer?.probe.map { " (\($0))" } ?? "") }

  private var isAccuracy: Bool { result.metric == .accuracy }

  private var metric: String { result.metric.name }

  /// Accuracies, shares of 1, as percentages with two digits; errors with four significant ones.
  private func text(_ value: Double?) -> String {
    value.map { isAccuracy ? String(format: "%.2f", 100 * $0) : String(format: "%.4g", $0) } ?? ""
  }

  /// A number of the papers, which is a percentage already, or an error.
  private static func published(_ value: Double?) -> String {
    value.map { $0 >= 1 ? String(format: "%.2f", $0) : String(format: "%.3g", $0) } ?? ""
  }
}
