import Catalogue
import Documents

/// Rows and columns of cells under a heading; a table for readers has one or more of them.
struct ResultGrid {
  enum RowKind: String {
    /// A model that is trained here.
    case ours
    /// A model of others, whose numbers the paper cites.
    case citation
  }

  struct Row {
    let name: String
    let kind: RowKind
    /// By column.
    let cells: [String: ResultRecord]
  }

  /// Empty if the table has only one grid.
  let heading: String
  /// What the rows are: `Model`.
  let corner: String
  let columns: [String]
  let rows: [Row]

  var records: [ResultRecord] { rows.flatMap { row in columns.compactMap { row.cells[$0] } } }

  var results: [ExperimentResult] { records.compactMap(\.result) }

  /// A line for ours, and where there is something to put there one for the published numbers and one for the differences.
  var markdown: String {
    let hasPublished = rows.contains { row in row.cells.values.contains { $0.number != nil } }
    let head = [corner] + (hasPublished ? [""] : []) + columns
    let body = rows.flatMap { lines(of: $0, hasPublished: hasPublished) }
    let title = heading.isEmpty ? "" : "## \(heading)\n\n"
    return title + MarkdownText.table(head, body)
  }

  private func lines(of row: Row, hasPublished: Bool) -> [[String]] {
    func line(_ name: String, _ label: String, _ text: (ResultRecord) -> String) -> [String] {
      [name] + (hasPublished ? [label] : []) + columns.map { row.cells[$0].map(text) ?? "" }
    }
    if row.kind == .citation { return [line(row.name, "cited", \.publishedText)] }
    let published = line("", "published", \.publishedText)
    let difference = line("", "difference", \.differenceText)
    return [line(row.name, "reproduced", \.countedText)]
      + [published, difference].filter { $0.dropFirst(2).contains { !$0.isEmpty } }
      .filter { _ in hasPublished }
  }

  /// What trains the first missing run of each cell; the columns that one command fills stand together.
  var missing: [(row: String, column: String, command: String)] {
    rows.flatMap { row in
      columns.reduce(into: [(row: String, column: String, command: String)]()) { found, column in
        guard let command = row.cells[column]?.command else { return }
        if found.last?.command == command {
          found[found.count - 1].column += ", \(column)"
        } else {
          found.append((row.name, column, command))
        }
      }
    }
  }

  private static let recordColumns: [RecordColumn] =
    [
      .experiment, .preset, .probe, .statistic, .metric, .value, .deviation, .seeds, .missingSeeds, .testCount, .revision, .data,
      .published,
      .publishedDeviation, .unit,
    ] + RecordColumn.comparison + [.note, .command]

  static let csvHeader = ["section", "row", "column", "kind"] + recordColumns.map(\.name)

  /// A line for each cell, below `csvHeader`.
  var csvLines: [[String]] {
    rows.flatMap { row in
      columns.compactMap { column in
        row.cells[column].map { [heading, row.name, column, row.kind.rawValue] + $0.fields(Self.recordColumns) }
      }
    }
  }
}
