import Experiments
import Foundation

/// What stands at one place of a table: a result of ours, a published number, or both.
struct ResultCell {
  /// Nil where only the paper has a number.
  let result: ExperimentResult?
  /// The name of one of `training.probes`; nil for the plain result.
  let probe: String?
  /// Nil where the paper has none.
  let number: PublishedNumbers.Number?
  /// A mean over the cells of a row, which no single experiment gives.
  let average: Double?

  init(result: ExperimentResult?, probe: String? = nil, number: PublishedNumbers.Number? = nil, average: Double? = nil) {
    self.result = result
    self.probe = probe
    self.number = number
    self.average = average
  }

  /// Ours, accuracies in percent; nil without runs, or with runs that are no result.
  var value: Double? { average ?? result?.value(probe).map { $0 * scale } }

  var deviation: Double? { result?.deviation(probe).map { $0 * scale } }

  var seeds: [UInt64] { result?.seeds(probe) ?? [] }

  var missingSeeds: [UInt64] { result?.missingSeeds(probe) ?? [] }

  var comparison: ResultComparison? {
    result.flatMap { ResultComparison($0, probe: probe, published: number, scale: scale) }
  }

  private var scale: Double { result?.isAccuracy == true ? 100 : 1 }

  private var isPercent: Bool { average != nil || result?.isAccuracy ?? (number?.unit.hasPrefix("accuracy") ?? false) }

  /// `39.22 ± 0.51 (3)`: value, deviation, number of seeds; † marks unofficial data.
  var oursText: String {
    if let average { return text(average) }
    guard let result else { return "" }
    guard result.isResult || result.runs.isEmpty else { return "no result" }
    guard let value else { return "" }
    let mark = result.unofficialData ? " †" : ""
    return text(value) + (deviation.map { " ± \(text($0))" } ?? "") + " (\(seeds.count))" + mark
  }

  var publishedText: String {
    guard let value = number?.value else { return number?.isFailure == true ? "failed" : "" }
    return publishedDigits(value) + (number?.deviation.map { " ± \(publishedDigits($0))" } ?? "")
  }

  /// `−0.30, within 0.65`.
  var differenceText: String {
    guard let comparison else { return "" }
    let sign = comparison.difference < 0 ? "−" : "+"
    let verdict = comparison.verdict.flatMap { verdict in comparison.tolerance.map { ", \(verdict.rawValue) \(text($0))" } } ?? ""
    return sign + text(abs(comparison.difference)) + verdict
  }

  /// Accuracies with two digits after the point, errors with four significant ones.
  func text(_ value: Double?) -> String {
    value.map { isPercent ? String(format: "%.2f", $0) : String(format: "%.4g", $0) } ?? ""
  }

  /// As many digits as the papers print: accuracies two, errors three.
  private func publishedDigits(_ value: Double) -> String {
    number?.unit == "RMSE" ? String(format: "%.3f", value) : String(format: "%.2f", value)
  }

  static let csvHeader = [
    "row", "column", "kind", "experiment", "preset", "probe", "statistic", "metric", "value", "deviation", "seeds", "missing_seeds",
    "test_count", "revision", "data", "published", "published_deviation", "unit", "difference", "tolerance", "tolerance_of",
    "verdict", "note", "command",
  ]

  /// - Parameter kind: what the row is, `ours` or `citation`.
  func csvFields(row: String, column: String, kind: String) -> [String] {
    let experiment = result?.experiment
    let revisions = (result?.runs ?? []).map { $0.summary.revision + ($0.summary.dirty ? " dirty" : "") }
    let comparison = comparison
    let data = result.map { $0.runs.isEmpty ? "" : $0.unofficialData ? "unofficial" : "official or generated" }
    return [
      row, column, kind, experiment?.id ?? "", experiment?.preset.rawValue ?? "", probe ?? "", experiment?.statistic.rawValue ?? "",
      result?.metric.rawValue ?? "", text(value), text(deviation), Self.list(seeds.map(String.init)),
      Self.list(missingSeeds.map(String.init)),
      result?.runs.first.map { "\($0.summary.testCount)" } ?? "", Self.list(Array(Set(revisions)).sorted()), data ?? "",
      number?.value.map(publishedDigits) ?? "", number?.deviation.map(publishedDigits) ?? "", number?.unit ?? "",
      text(comparison?.difference), text(comparison?.tolerance), comparison?.reservation ?? "", comparison?.verdict?.rawValue ?? "",
      number?.note ?? "",
      missingSeeds.isEmpty ? "" : result?.command(probe) ?? "",
    ]
  }

  private static func list(_ texts: [String]) -> String { texts.joined(separator: " ") }
}
