import Foundation

/// A column of a table of results: its name in a CSV file, and what stands in it.
struct RecordColumn: Sendable {
  let name: String
  let text: @Sendable (ResultRecord) -> String

  init(_ name: String, _ text: @escaping @Sendable (ResultRecord) -> String) {
    self.name = name
    self.text = text
  }

  /// This column's content under another name.
  func named(_ name: String) -> RecordColumn { RecordColumn(name, text) }
}

/// What was run.
extension RecordColumn {
  static let experiment = RecordColumn("experiment") { $0.result?.experiment.id ?? "" }
  static let preset = RecordColumn("preset") { $0.result?.experiment.preset.rawValue ?? "" }
  static let task = RecordColumn("task") { $0.result?.experiment.task ?? "" }
  static let method = RecordColumn("method") { $0.result?.experiment.method ?? "" }
  static let probe = RecordColumn("probe") { $0.probe ?? "" }
  /// The metric as summaries write it: `accuracy`.
  static let metric = RecordColumn("metric") { $0.result?.metric.rawValue ?? "" }
  /// The metric with the unit of the numbers: `accuracy %`.
  static let metricName = RecordColumn("metric") { $0.result?.metric.name ?? "" }
  static let statistic = RecordColumn("statistic") { $0.result?.experiment.statistic.rawValue ?? "" }
  /// What the value is: a statistic needs several seeds.
  static let seedStatistic = RecordColumn("statistic") { $0.seeds.count > 1 ? statistic.text($0) : "one seed" }
  static let testCount = RecordColumn("test_count") { $0.result?.runs.first.map { "\($0.summary.testCount)" } ?? "" }
  static let revision = RecordColumn("revision") { record in
    let revisions = (record.result?.runs ?? []).map { $0.summary.revision + ($0.summary.dirty ? " dirty" : "") }
    return Set(revisions).sorted().joined(separator: " ")
  }
  static let data = RecordColumn("data") { record in
    guard let result = record.result, !result.runs.isEmpty else { return "" }
    return (result.unofficialData ? "unofficial" : "official or generated")
      + (record.isOfAnotherConfiguration ? ", another configuration" : "")
  }
}

/// What came out.
extension RecordColumn {
  static let value = RecordColumn("value") { $0.text($0.value) }
  static let deviation = RecordColumn("deviation") { $0.text($0.deviation) }
  static let seeds = RecordColumn("seeds") { list($0.seeds) }
  static let missingSeeds = RecordColumn("missing_seeds") { list($0.missingSeeds) }
  static let chance = RecordColumn("chance") { $0.text($0.chance) }
  static let command = RecordColumn("command") { $0.command ?? "" }

  private static func list(_ seeds: [UInt64]) -> String { seeds.map(String.init).joined(separator: " ") }
}

/// What a paper prints, and the word for the two.
extension RecordColumn {
  static let paper = RecordColumn("paper") { $0.answer?.cell.paper ?? "" }
  static let table = RecordColumn("table") { $0.answer?.cell.table ?? "" }
  static let row = RecordColumn("row") { $0.answer?.cell.row ?? "" }
  static let column = RecordColumn("column") { $0.answer?.cell.column ?? "" }
  static let published = RecordColumn("published") { record in record.number.flatMap { $0.value.map($0.text) } ?? "" }
  static let publishedDeviation = RecordColumn("published_deviation") { record in record.number.flatMap { $0.deviation.map($0.text) } ?? ""
  }
  static let unit = RecordColumn("unit") { $0.number?.unit ?? "" }
  static let note = RecordColumn("note") { $0.number?.note ?? "" }
  static let difference = RecordColumn("difference") { $0.text($0.judgement?.difference) }
  /// The smallest one that would be seen: `factor` times the standard error of the difference.
  static let smallestDifference = RecordColumn("smallest_difference") { $0.text($0.judgement?.smallestDifference) }
  static let factor = RecordColumn("factor") { $0.judgement?.error.map { String(format: "%.3f", $0.factor) } ?? "" }
  /// Whether the paper's deviation was taken to be ours.
  static let assumed = RecordColumn("assumed") { $0.judgement?.error.map { $0.isAssumed ? "yes" : "no" } ?? "" }
  static let notCounted = RecordColumn("not_counted") { $0.judgement?.reservation ?? "" }
  static let verdict = RecordColumn("verdict", \.verdictText)
  /// The choices of ours on which it rests.
  static let readings = RecordColumn("our_readings") { $0.judgement?.readings.joined(separator: " ") ?? "" }

  /// All that is said of a difference.
  static let comparison = [difference, smallestDifference, factor, assumed, notCounted, verdict, readings]
}

/// What least squares reaches with the poles where training starts.
extension RecordColumn {
  static let limit = RecordColumn("least_squares_limit") { $0.result?.limit.map { $0.error.sixDigits } ?? "" }
  static let limitRank = RecordColumn("rank") { $0.result?.limit.map { "\($0.rank)" } ?? "" }
  static let limitUnknowns = RecordColumn("unknowns") { $0.result?.limit.map { "\($0.unknownCount)" } ?? "" }
  static let errorOfZero = RecordColumn("error_of_zero") { $0.result?.limit.map { $0.errorOfZero.sixDigits } ?? "" }
}

extension Double {
  fileprivate var sixDigits: String { String(format: "%.6g", self) }
}

extension ResultRecord {
  /// What stands in these columns.
  func fields(_ columns: [RecordColumn]) -> [String] { columns.map { $0.text(self) } }
}
