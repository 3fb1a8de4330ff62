import Documents

/// A table of a run's folder while a report writes it: the names of its columns, and rows below them.
package struct RunTable<Column: RunColumn> {
  private let columnCount: Int
  /// The content of the file.
  package private(set) var text: String

  package init(_ columns: [Column]) {
    columnCount = columns.count
    text = CSVText.line(columns.map(\.name))
  }

  /// Adds a row.
  ///
  /// - Precondition: a field for each column.
  package mutating func append(_ fields: [any CustomStringConvertible]) {
    precondition(fields.count == columnCount, "\(Column.file): \(fields.count) fields for \(columnCount) columns")
    text += CSVText.line(fields.map(\.description))
  }
}

extension RunTable where Column: CaseIterable {
  package init() { self.init(Array(Column.allCases)) }
}
