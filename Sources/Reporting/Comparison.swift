import Documents
import Experiments
import Foundation
import RunSupport

/// Our results beside the published numbers, for every cell that has both.
package struct Comparison {
  private struct Gap {
    let result: ExperimentResult
    let answer: Answer

    var command: String { result.command(answer.probe) }
    var cell: String { "\(answer.cell.paper) \(answer.cell.table): \(answer.cell.row), \(answer.cell.column)" }
  }

  private let preset: Preset
  private let rows: [ComparisonRow]
  /// Published numbers without a run.
  private let gaps: [Gap]

  package init(preset: Preset, catalogue: Catalogue, runs: FinishedRuns) {
    self.preset = preset
    var (rows, gaps): ([ComparisonRow], [Gap]) = ([], [])
    for experiment in catalogue.experiments(at: preset) where !experiment.answers.isEmpty {
      let result = ExperimentResult(experiment, runs: runs)
      for answer in experiment.answers {
        guard let number = catalogue.published[answer.cell], number.value != nil else { continue }
        if let row = ComparisonRow(result, answer, number) { rows.append(row) } else { gaps.append(Gap(result: result, answer: answer)) }
      }
    }
    (self.rows, self.gaps) = (rows, gaps)
  }

  package var csv: String {
    CSVText.document(ComparisonRow.csvHeader, rows.map(\.csvFields))
  }

  /// What verdicts mean, and where there are none.
  private var rule: String {
    if preset != .paper {
      return
        "Preset `\(preset.rawValue)`: models, data or epochs are smaller than the papers', so the differences are for orientation and no "
        + "verdict is given (sizes differ). Only `make compare PRESET=paper` judges."
    }
    return """
      Preset `paper`. Tolerance: twice the standard error of the difference, with the scatter over seeds and the size of the test set
      counted on both sides; `within` it, or else `better` or `worse` than published. A paper without a deviation counts as one run that
      scatters as ours do. No verdict: unofficial data, or one seed of an error beside a number without deviation.
      """
  }

  /// The table for a terminal, with aligned columns.
  package var text: String {
    let title = "Ours and the published numbers, preset \(preset.rawValue): \(rows.count) of \(rows.count + gaps.count) cells have a run\n"
    let lines = [ComparisonRow.header] + rows.map(\.fields)
    let widths = ComparisonRow.header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let table = lines.map { fields in
      let padded = fields.enumerated().map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
      return padded.joined(separator: "  ").replacing(/[ ]+$/, with: "") + "\n"
    }
    let body = rows.isEmpty ? "" : "\n" + table.joined()
    return title + body + "\n" + verdicts + rule.replacing("`", with: "") + "\n" + gapLines.map { $0 + "\n" }.joined()
  }

  private var verdicts: String {
    guard preset == .paper, !rows.isEmpty else { return "" }
    let counts = Dictionary(grouping: rows, by: \.verdict).sorted { $0.key.rawValue < $1.key.rawValue }
    return "Verdicts: " + counts.map { "\($0.value.count) \($0.key.rawValue)" }.joined(separator: ", ") + "\n"
  }

  /// How many cells of each group wait for a run, a line each with the command that fills them.
  private var gapLines: [String] {
    let groups = Dictionary(grouping: gaps, by: \.result.experiment.group).sorted { $0.key < $1.key }
    return groups.map { group, gaps in
      // Two tables may print the number of one run.
      let isOneRun = gaps.allSatisfy { $0.command == gaps[0].command }
      let cells = isOneRun ? ": " + gaps.map { "\($0.cell)" }.joined(separator: " and ") : ""
      return "No run yet for \(gaps.count) \(gaps.count == 1 ? "cell" : "cells") of \(group)\(cells); fill with: "
        + (isOneRun ? gaps[0].command : "make reproduce-\(group) PRESET=\(preset.rawValue)")
    }
  }

  package var markdown: String {
    let header = ComparisonRow.header.map { $0.prefix(1) + $0.dropFirst().lowercased() }.map(String.init)
    let table = MarkdownText.table(header, rows.map(\.fields))
    let missing = gaps.map { "- \($0.cell): `\($0.command)`\n" }.joined()
    return "# Ours and the published numbers\n\n\(rule)\n\n\(table)\n## Cells without a run\n\n"
      + (gaps.isEmpty ? "None.\n" : "\(gaps.count) published numbers wait for a run:\n\n\(missing)")
  }
}
