/// A dense matrix in row-major order.
package struct Matrix<Element: Sendable>: Sendable {
  package let rowCount: Int
  package let columnCount: Int
  package private(set) var elements: [Element]

  /// - Precondition: `elements.count == rowCount * columnCount`.
  package init(rowCount: Int, columnCount: Int, elements: [Element]) {
    precondition(elements.count == rowCount * columnCount, "Matrix: \(elements.count) elements for \(rowCount) × \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// Fills a matrix with the values of a function of row and column, both from 0.
  package init(_ rowCount: Int, _ columnCount: Int, _ value: (_ row: Int, _ column: Int) -> Element) {
    var elements: [Element] = []
    elements.reserveCapacity(rowCount * columnCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { elements.append(value(row, column)) }
    }
    self.init(rowCount: rowCount, columnCount: columnCount, elements: elements)
  }

  package subscript(row: Int, column: Int) -> Element {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  package func map<Result: Sendable>(_ transform: (Element) -> Result) -> Matrix<Result> {
    Matrix<Result>(rowCount: rowCount, columnCount: columnCount, elements: elements.map(transform))
  }
}
