import Documents
import RunSupport

/// The papers' numbers, from `published.csv`.
package struct PublishedNumbers: Sendable {
  package struct Number: Sendable, Equatable {
    /// Nil where the paper prints none.
    package let value: Double?
    package let deviation: Double?
    /// Such as `accuracy %`.
    package let unit: String
    package let note: String

    /// The paper says that the model did not learn the task, rather than nothing.
    package var isFailure: Bool { value == nil && note.contains("failed") }
  }

  private let numbers: [PublishedCell: Number]
  /// All cells in the order of the file, which is that of the papers.
  package let cells: [PublishedCell]

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for an unreadable line or a cell that is there twice.
  package init(fromFile path: String) throws {
    let table = try CSVTable(fromFile: path, fix: "restore it from the repository")
    let columns = try ["paper", "table", "row_method", "column_task", "value", "std", "unit", "note"].map { try table.index(of: $0) }
    var numbers: [PublishedCell: Number] = [:]
    var cells: [PublishedCell] = []
    for (index, row) in table.rows.enumerated() {
      let fields = columns.map { row[$0] }
      let cell = PublishedCell(paper: fields[0], table: fields[1], row: fields[2], column: fields[3])
      guard numbers[cell] == nil else { throw table.badRow(index, why: "this cell appears twice") }
      cells.append(cell)
      numbers[cell] = Number(
        value: try table.number(fields[4], row: index), deviation: try table.number(fields[5], row: index), unit: fields[6], note: fields[7]
      )
    }
    self.numbers = numbers
    self.cells = cells
  }

  package subscript(cell: PublishedCell) -> Number? { numbers[cell] }
}
