import CLAPACKE
import ComplexModule
import RunSupport

/// Singular values of small dense matrices, through LAPACK in double precision.
package enum SingularValues {
  /// In descending order; as many as the smaller side of the matrix.
  ///
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package static func values(of matrix: Matrix<Complex<Double>>) throws -> [Double] {
    try LAPACK.requireFinite(matrix, isFinite: \.isFinite)
    let (rows, columns) = (Int32(matrix.rowCount), Int32(matrix.columnCount))
    var entries = LAPACK.values(of: matrix)
    var values = [Double](repeating: 0, count: Int(min(rows, columns)))
    let status = LAPACKE_zgesdd(
      LAPACK_ROW_MAJOR, LAPACK.noVectors, rows, columns, &entries, max(1, columns), &values, nil, max(1, rows), nil, max(1, columns))
    try LAPACK.check(status, "zgesdd")
    return values
  }
}
