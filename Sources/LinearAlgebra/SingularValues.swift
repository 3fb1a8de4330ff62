import CLAPACKE
import ComplexModule

/// Singular values of small dense matrices, through LAPACK in double precision.
package enum SingularValues {
  /// In descending order; as many as the smaller side of the matrix.
  ///
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package static func values(of matrix: Matrix<Complex<Double>>) throws -> [Double] {
    try LAPACK.requireFinite(matrix, isFinite: \.isFinite)
    let (rows, columns) = (Int32(matrix.rowCount), Int32(matrix.columnCount))
    var entries = LAPACK.columns(of: matrix)
    var values = [Double](repeating: 0, count: Int(min(rows, columns)))
    let status = LAPACKE_zgesdd(
      LAPACK_COL_MAJOR, LAPACK.noVectors, rows, columns, &entries, max(1, rows), &values, nil, max(1, rows), nil, max(1, columns))
    try LAPACK.check(status, "zgesdd")
    return values
  }

  /// In descending order, each with a small error relative to itself, however small it is, if the matrix is a well-conditioned one
  /// whose rows and columns were scaled by anything; as many as the smaller side of the matrix.
  ///
  /// - Source: Drmač and Veselić, "New Fast and Accurate Jacobi SVD Algorithm", 2008, as LAPACK's `zgejsv`.
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package static func ofScaledMatrix(_ matrix: Matrix<Complex<Double>>) throws -> [Double] {
    try LAPACK.requireFinite(matrix, isFinite: \.isFinite)
    let upright = matrix.rowCount >= matrix.columnCount ? matrix : matrix.transpose
    let (rows, columns) = (Int32(upright.rowCount), Int32(upright.columnCount))
    guard columns > 0 else { return [] }
    var entries = LAPACK.columns(of: upright)
    var values = [Double](repeating: 0, count: Int(columns))
    var statistics = [Double](repeating: 0, count: 7)
    var counts = [Int32](repeating: 0, count: 3)
    let status = LAPACKE_zgejsv(
      LAPACK_COL_MAJOR, LAPACK.scaledOnBothSides, LAPACK.noVectors, LAPACK.noVectors, LAPACK.fullRange, LAPACK.noVectors,
      LAPACK.noVectors, rows, columns, &entries, rows, &values, nil, rows, nil, columns, &statistics, &counts)
    try LAPACK.check(status, "zgejsv")
    return values.map { $0 * (statistics[0] / statistics[1]) }.sorted(by: >)  // the routine scales to avoid overflow
  }
}
