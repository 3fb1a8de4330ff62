import Experiments
import Foundation

/// One experiment beside one published cell.
struct ResultRow {
  let result: ExperimentResult
  /// Nil for an experiment that answers no paper.
  let cell: PublishedCell?
  /// Nil if `published.csv` has no such cell.
  let number: PublishedNumbers.Number?

  static let csvHeader = [
    "experiment", "preset", "task", "method", "statistic", "accuracy_percent", "deviation_percent", "seeds", "missing_seeds",
    "chance_percent", "data", "published_percent", "published_deviation", "paper", "table", "row", "column", "command",
  ]

  var csvFields: [String] {
    let experiment = result.experiment
    let data = result.runs.isEmpty ? "" : result.unofficialData ? "unofficial" : "official or generated"
    return [
      experiment.id, experiment.preset.rawValue, experiment.task, experiment.method, experiment.statistic.rawValue,
      Self.percent(result.value), Self.percent(result.deviation), Self.list(result.seeds), Self.list(result.missingSeeds),
      Self.percent(result.chance), data, Self.published(number?.value), Self.published(number?.deviation),
      cell?.paper ?? "", cell?.table ?? "", cell?.row ?? "", cell?.column ?? "", result.missingSeeds.isEmpty ? "" : result.command,
    ]
  }

  static let markdownHeader = """
    | Experiment | Method | Ours | Seeds | Chance | Published | Published cell |
    |---|---|---|---|---|---|---|

    """

  var markdownLine: String {
    let cellText = cell.map { "\($0.paper), \($0.table): \($0.row), \($0.column)" } ?? ""
    let fields = [
      result.experiment.title, result.experiment.method, ours, seeds, Self.percent(result.chance), publishedText, cellText,
    ]
    return "| " + fields.joined(separator: " | ") + " |\n"
  }

  private var ours: String {
    guard result.value != nil else { return "`\(result.command)`" }
    let deviation = result.deviation.map { " ± \(Self.percent($0))" } ?? ""
    let mark = result.unofficialData ? ", unofficial data" : ""
    let statistic = result.runs.count > 1 ? result.experiment.statistic.rawValue : "one seed"
    return "\(Self.percent(result.value))\(deviation) (\(statistic), \(result.experiment.preset.rawValue)\(mark))"
  }

  private var seeds: String {
    if result.runs.isEmpty { return "" }
    let missing = result.missingSeeds.isEmpty ? "" : " (missing: \(Self.list(result.missingSeeds)))"
    return Self.list(result.seeds) + missing
  }

  private var publishedText: String {
    guard let value = number?.value else { return "" }
    return Self.published(value) + (number?.deviation.map { " ± \(Self.published($0))" } ?? "")
  }

  private static func list(_ seeds: [UInt64]) -> String { seeds.map(String.init).joined(separator: " ") }

  /// A share of 1 as a percentage with two digits.
  private static func percent(_ value: Double?) -> String { value.map { String(format: "%.2f", 100 * $0) } ?? "" }

  /// A number of the papers, which is a percentage already.
  private static func published(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "" }
}
