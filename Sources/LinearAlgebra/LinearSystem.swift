import CLAPACKE
import ComplexModule

/// Solutions of M·x = b.
package enum LinearSystem {
  /// X with M·X = B, by elimination with pivots.
  ///
  /// - Precondition: M is square with as many rows as B.
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if M is singular.
  package static func solve(
    _ matrix: Matrix<Complex<Double>>, _ right: Matrix<Complex<Double>>
  ) throws -> Matrix<Complex<Double>> {
    precondition(matrix.rowCount == right.rowCount, "LinearSystem: \(matrix.rowCount) rows and \(right.rowCount) right-hand rows")
    let size = try LAPACK.checkedSize(of: matrix, isFinite: \.isFinite)
    try LAPACK.requireFinite(right, isFinite: \.isFinite)
    var entries = LAPACK.columns(of: matrix)
    var solution = LAPACK.columns(of: right)
    var pivots = [Int32](repeating: 0, count: Int(size))
    let columns = Int32(right.columnCount)
    let status = LAPACKE_zgesv(LAPACK_COL_MAJOR, size, columns, &entries, max(1, size), &pivots, &solution, max(1, size))
    try LAPACK.check(status, "zgesv")
    return LAPACK.matrix(columns: solution, right.rowCount, right.columnCount)
  }

  /// x with (leading block of T, scaled and shifted)·x = b for an upper triangular T: (scale·T + shift)·x = b, by substitution.
  ///
  /// - Parameter right: b; its length is the size of the block.
  /// - Precondition: no diagonal value of the block is zero.
  package static func solveTriangular(
    _ triangular: Matrix<Complex<Double>>, scale: Complex<Double> = 1, shift: Complex<Double> = 0, _ right: [Complex<Double>]
  ) -> [Complex<Double>] {
    var solution = right
    for row in right.indices.reversed() {
      let diagonal = scale * triangular[row, row] + shift
      precondition(diagonal != .zero, "LinearSystem: zero on the diagonal in row \(row)")
      let known = (row + 1..<right.count).reduce(Complex<Double>.zero) { $0 + triangular[row, $1] * solution[$1] }
      solution[row] = (solution[row] - scale * known) / diagonal
    }
    return solution
  }
}
