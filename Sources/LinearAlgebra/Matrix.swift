/// A dense matrix in row-major order.
package struct Matrix<Element: Sendable>: Sendable {
  package let rowCount: Int
  package let columnCount: Int
  package private(set) var entries: [Element]

  /// - Precondition: `entries.count == rowCount * columnCount`.
  package init(rowCount: Int, columnCount: Int, entries: [Element]) {
    precondition(entries.count == rowCount * columnCount, "Matrix: \(entries.count) entries for \(rowCount) × \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.entries = entries
  }

  /// Fills a matrix with the values of a function of row and column, both from 0.
  package init(_ rowCount: Int, _ columnCount: Int, _ value: (_ row: Int, _ column: Int) -> Element) {
    var entries: [Element] = []
    entries.reserveCapacity(rowCount * columnCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { entries.append(value(row, column)) }
    }
    self.init(rowCount: rowCount, columnCount: columnCount, entries: entries)
  }

  package subscript(row: Int, column: Int) -> Element {
    get { entries[row * columnCount + column] }
    set { entries[row * columnCount + column] = newValue }
  }

  package func map<Result: Sendable>(_ transform: (Element) -> Result) -> Matrix<Result> {
    Matrix<Result>(rowCount: rowCount, columnCount: columnCount, entries: entries.map(transform))
  }
}
