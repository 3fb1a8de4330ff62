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

  /// Whether something is known of what training could reach at most.
  var hasLimits: Bool { results.contains { $0.limit != nil } }

  /// A line for ours, and where there is something to put there one for the least-squares limits, for the published numbers and for the
  /// differences.
  var markdown: String {
    let hasLabels = hasLimits || rows.contains { row in row.cells.values.contains { $0.number != nil } }
    let head = [corner] + (hasLabels ? [""] : []) + columns
    let body = rows.flatMap { lines(of: $0, hasLabels: hasLabels) }
    let title = heading.isEmpty ? "" : "## \(heading)\n\n"
    return title + MarkdownText.table(head, body)
  }

  private func lines(of row: Row, hasLabels: Bool) -> [[String]] {
    func line(_ name: String, _ label: String, _ text: (ResultRecord) -> String) -> [String] {
      [name] + (hasLabels ? [label] : []) + columns.map { row.cells[$0].map(text) ?? "" }
    }
    if row.kind == .citation { return [line(row.name, "cited", \.publishedText)] }
    let limit = line("", "least squares", \.limitText)
    let published = line("", "published", \.publishedText)
    let difference = line("", "difference", \.differenceText)
    return [line(row.name, "reproduced", \.countedText)]
      + [limit, published, difference].filter { $0.dropFirst(2).contains { !$0.isEmpty } }
      .filter { _ in hasLabels }
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

  /// - Parameter limits: with columns of the least-squares limits.
  private static func recordColumns(limits: Bool) -> [RecordColumn] {
    recordColumns + (limits ? [.limit, .limitRank, .limitUnknowns, .errorOfZero] : [])
  }

  static func csvHeader(limits: Bool) -> [String] {
    ["section", "row", "column", "kind"] + recordColumns(limits: limits).map(\.name)
  }

  /// A line for each cell, below `csvHeader`.
  func csvLines(limits: Bool) -> [[String]] {
    rows.flatMap { row in
      columns.compactMap { column in
        row.cells[column].map { [heading, row.name, column, row.kind.rawValue] + $0.fields(Self.recordColumns(limits: limits)) }
      }
    }
  }
}
