import Experiments
import Foundation

/// One published number beside our result for it.
struct ComparisonRow {
  let result: ExperimentResult
  let answer: Answer
  let number: PublishedNumbers.Number
  /// Ours, a share of 1 for accuracies.
  private let value: Double
  private let published: Double

  /// Nil unless both sides have a number.
  init?(_ result: ExperimentResult, _ answer: Answer, _ number: PublishedNumbers.Number) {
    guard let value = result.value(answer.probe), let published = number.value else { return nil }
    (self.result, self.answer, self.number, self.value, self.published) = (result, answer, number, value, published)
  }

  enum Verdict: String {
    case within, better, worse
    /// Another size than the paper's: the difference says nothing.
    case sizesDiffer = "sizes differ"
    case unofficialData = "unofficial data"
    case noTolerance = "no tolerance"
  }

  var isAccuracy: Bool { result.metric == .accuracy }

  /// From our unit to the paper's: papers print accuracies in percent.
  private var scale: Double { isAccuracy ? 100 : 1 }

  var difference: Double { scale * value - published }

  private var seeds: [UInt64] { result.seeds(answer.probe) }

  private var deviation: Double? { result.deviation(answer.probe) }

  private var tolerance: ComparisonTolerance {
    ComparisonTolerance(
      value: value, deviation: deviation, count: seeds.count, paperDeviation: number.deviation.map { $0 / scale },
      paperCount: max(1, result.experiment.seeds.count), testCount: isAccuracy ? result.runs.first?.summary.testCount : nil,
      statistic: result.experiment.statistic)
  }

  var verdict: Verdict {
    if result.experiment.preset != .paper { return .sizesDiffer }
    if result.unofficialData { return .unofficialData }
    guard let tolerance = tolerance.value else { return .noTolerance }
    if abs(difference) <= scale * tolerance { return .within }
    return (difference > 0) == isAccuracy ? .better : .worse
  }

  static let csvHeader = [
    "experiment", "preset", "paper", "table", "row", "column", "probe", "metric", "published", "published_deviation", "ours", "deviation",
    "statistic", "seeds", "difference", "tolerance", "tolerance_of", "verdict",
  ]

  var csvFields: [String] {
    let isComparable = verdict != .sizesDiffer
    return [
      result.experiment.id, result.experiment.preset.rawValue, answer.cell.paper, answer.cell.table, answer.cell.row, answer.cell.column,
      answer.probe ?? "", metric, text(published), number.deviation.map(text) ?? "", text(scale * value),
      deviation.map { text(scale * $0) } ?? "", seeds.count > 1 ? result.experiment.statistic.rawValue : "one seed",
      seeds.map(String.init).joined(separator: " "), text(difference),
      isComparable ? tolerance.value.map { text(scale * $0) } ?? "" : "", isComparable ? tolerance.reservation : "", verdict.rawValue,
    ]
  }

  static let header = ["PUBLISHED CELL", "EXPERIMENT", "METRIC", "PUBLISHED", "OURS", "SEEDS", "DIFFERENCE", "TOLERANCE", "VERDICT"]

  /// For readers, in the order of `header`.
  var fields: [String] {
    let fields = csvFields
    let (cell, toleranceText) = (answer.cell, verdict == .sizesDiffer ? "-" : fields[15].isEmpty ? "-" : fields[15])
    let statistic = seeds.count > 1 ? "\(result.experiment.statistic.rawValue) " : ""
    return [
      "\(cell.paper) \(cell.table): \(cell.row), \(cell.column)", result.experiment.id + (answer.probe.map { " (\($0))" } ?? ""), metric,
      fields[8] + (fields[9].isEmpty ? "" : " ± \(fields[9])"), statistic + fields[10] + (fields[11].isEmpty ? "" : " ± \(fields[11])"),
      fields[13], (difference > 0 ? "+" : "") + fields[14], toleranceText + (fields[16].isEmpty ? "" : " (\(fields[16]))"),
      verdict.rawValue,
    ]
  }

  private var metric: String { result.metric.name }

  private func text(_ value: Double) -> String { isAccuracy ? String(format: "%.2f", value) : String(format: "%.4g", value) }
}
