import Catalogue
import Documents
import RunSupport
import Runs

/// Our results beside the published numbers, for every cell that has both.
package struct Comparison {
  private let preset: Preset
  /// Records with a number of ours and a published one.
  private let records: [ResultRecord]
  /// Published numbers without a run.
  private let gaps: [ResultRecord]

  package init(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) {
    self.preset = preset
    let all = catalogue.experiments(at: preset).filter { !$0.answers.isEmpty }.flatMap { experiment -> [ResultRecord] in
      let result = ExperimentResult(experiment, runs: runs)
      return experiment.answers.map { ResultRecord(result, answer: $0, published: catalogue.published) }
        .filter { $0.number?.value != nil }
    }
    records = all.filter { $0.judgement != nil }
    gaps = all.filter { $0.judgement == nil }
  }

  private static let columns: [RecordColumn] =
    [
      .experiment, .preset, .paper, .table, .row, .column, .probe, .metricName, .published, .publishedDeviation, .value.named("ours"),
      .deviation, .seedStatistic, .seeds,
    ] + RecordColumn.comparison + [.revision]

  package var csv: String { CSVText.document(Self.columns.map(\.name), records.map { $0.fields(Self.columns) }) }

  /// What verdicts mean, and where there are none.
  private var rule: String {
    if preset != .paper {
      return
        "Preset `\(preset.rawValue)`: models, data or epochs are smaller than the papers', so the differences are for orientation and no "
        + "verdict is given (sizes differ). Only `make compare PRESET=paper` judges."
    }
    return """
      Preset `paper`. A difference is `within` the smallest one that these runs could have shown, or else ours is `better` or `worse` than
      published: Student's factor times the standard error of the difference, of seeds and of the test set on both sides. Where a paper
      prints a number in two tables, the one with a deviation decides for both. One seed, uncommitted code, another configuration or
      unofficial data give a number and no word.
      """
  }

  private static let header = [
    "Published cell", "Experiment", "Metric", "Published", "Ours", "Seeds", "Difference", "Could be seen", "Word",
  ]

  /// What stands below `header`.
  private static func cells(_ record: ResultRecord) -> [String] {
    func text(_ column: RecordColumn) -> String { column.text(record) }
    let statistic = record.seeds.count > 1 ? "\(text(.seedStatistic)) " : ""
    let smallest = text(.smallestDifference) + (record.judgement?.marks.contains("assumed") == true ? " (assumed)" : "")
    return [
      cellName(record), text(.experiment) + (record.probe.map { " (\($0))" } ?? ""), text(.metricName), record.publishedText,
      statistic + record.measuredText, text(.seeds), ((record.judgement?.difference ?? 0) > 0 ? "+" : "") + text(.difference),
      smallest.isEmpty ? "-" : smallest, text(.verdict),
    ]
  }

  private static func cellName(_ record: ResultRecord) -> String {
    record.answer.map { "\($0.cell.paper) \($0.cell.table): \($0.cell.row), \($0.cell.column)" } ?? ""
  }

  /// The table for a terminal, with aligned columns.
  package var text: String {
    let title =
      "Ours and the published numbers, preset \(preset.rawValue): \(records.count) of \(records.count + gaps.count) cells have a run\n"
    let lines = [Self.header.map { $0.uppercased() }] + records.map(Self.cells)
    let widths = Self.header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let table = lines.map { fields in
      let padded = fields.enumerated().map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
      return padded.joined(separator: "  ").replacing(/[ ]+$/, with: "") + "\n"
    }
    let body = records.isEmpty ? "" : "\n" + table.joined()
    return title + body + "\n"
      + (summary + [rule.replacing("`", with: "")] + gapLines).map { $0 + "\n" }.joined()
  }

  /// The words together, and the code that made the runs.
  private var summary: [String] {
    guard !records.isEmpty else { return [] }
    let results = records.compactMap(\.result).unique(by: \.experiment.id)
    return (preset == .paper ? VerdictTally(records).sentences : []) + ["Code: \(RunProvenance.revisions(results))."]
  }

  /// How many cells of each group wait for a run, a line each with the command that fills them.
  private var gapLines: [String] {
    let groups = Dictionary(grouping: gaps) { $0.result?.experiment.group ?? "" }.sorted { $0.key < $1.key }
    return groups.map { group, gaps in
      // Two tables may print the number of one run.
      let commands = gaps.map(Self.command).unique()
      let cells = commands.count == 1 ? ": " + gaps.map(Self.cellName).joined(separator: " and ") : ""
      return "No run yet for \(gaps.count) \(gaps.count == 1 ? "cell" : "cells") of \(group)\(cells); fill with: "
        + (commands.count == 1 ? commands[0] : "make reproduce-\(group) PRESET=\(preset.rawValue)")
    }
  }

  private static func command(_ record: ResultRecord) -> String { record.result?.command(record.probe) ?? "" }

  package var markdown: String {
    let table = MarkdownText.table(Self.header, records.map(Self.cells))
    let missing = gaps.map { "- \(Self.cellName($0)): `\(Self.command($0))`\n" }.joined()
    let summary = summary.isEmpty ? "" : summary.joined(separator: " ") + "\n\n"
    return "# Ours and the published numbers\n\n\(rule)\n\n\(summary)\(table)\n## Cells without a run\n\n"
      + (gaps.isEmpty ? "None.\n" : "\(gaps.count) published numbers wait for a run:\n\n\(missing)")
  }
}
