import ComplexModule

extension Matrix where Element == Complex<Double> {
  /// The conjugate transpose.
  package var adjoint: Matrix { Matrix(columnCount, rowCount) { self[$1, $0].conjugate } }

  /// The transpose, without conjugation.
  package var transpose: Matrix { Matrix(columnCount, rowCount) { self[$1, $0] } }

  package static func identity(_ size: Int) -> Matrix { Matrix(size, size) { $0 == $1 ? 1 : 0 } }

  package static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.columnCount == right.rowCount,
      "product of \(left.rowCount) × \(left.columnCount) and \(right.rowCount) × \(right.columnCount)")
    var entries = [Complex<Double>](repeating: .zero, count: left.rowCount * right.columnCount)
    for row in 0..<left.rowCount {
      let target = row * right.columnCount
      for inner in 0..<left.columnCount where left[row, inner] != .zero {
        let factor = left[row, inner]
        for column in 0..<right.columnCount { entries[target + column] += factor * right[inner, column] }
      }
    }
    return Matrix(rowCount: left.rowCount, columnCount: right.columnCount, entries: entries)
  }

  package static func * (left: Matrix, right: [Complex<Double>]) -> [Complex<Double>] {
    precondition(left.columnCount == right.count, "product of \(left.rowCount) × \(left.columnCount) and a vector of \(right.count)")
    return (0..<left.rowCount).map { row in (0..<left.columnCount).reduce(.zero) { $0 + left[row, $1] * right[$1] } }
  }

  package static func * (factor: Complex<Double>, matrix: Matrix) -> Matrix { matrix.map { factor * $0 } }

  package static func + (left: Matrix, right: Matrix) -> Matrix {
    precondition((left.rowCount, left.columnCount) == (right.rowCount, right.columnCount), "sum of matrices of unequal sizes")
    return Matrix(rowCount: left.rowCount, columnCount: left.columnCount, entries: zip(left.entries, right.entries).map { $0 + $1 })
  }

  /// The largest sum of moduli in a column.
  package var columnSumNorm: Double {
    (0..<columnCount).map { column in (0..<rowCount).reduce(0) { $0 + self[$1, column].length } }.max() ?? 0
  }
}
