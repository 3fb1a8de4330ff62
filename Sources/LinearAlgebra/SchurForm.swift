import CLAPACKE
import ComplexModule

/// A = U·T·Uᴴ with unitary U and upper triangular T, whose diagonal holds the eigenvalues.
package struct SchurForm: Sendable {
  /// T.
  package let triangular: Matrix<Complex<Double>>
  /// U.
  package let vectors: Matrix<Complex<Double>>

  /// - Precondition: the matrix is square.
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package init(of matrix: Matrix<Complex<Double>>) throws {
    let size = try LAPACK.checkedSize(of: matrix, isFinite: \.isFinite)
    var entries = LAPACK.columns(of: matrix)
    var eigenvalues = [ssm_complex_double](repeating: ssm_complex_double(), count: Int(size))
    var vectors = [ssm_complex_double](repeating: ssm_complex_double(), count: Int(size * size))
    var sorted: Int32 = 0
    let status = LAPACKE_zgees(
      LAPACK_COL_MAJOR, LAPACK.vectors, LAPACK.noVectors, nil, size, &entries, max(1, size), &sorted, &eigenvalues, &vectors, max(1, size))
    try LAPACK.check(status, "zgees")
    triangular = LAPACK.matrix(columns: entries, matrix.rowCount, matrix.columnCount)
    self.vectors = LAPACK.matrix(columns: vectors, matrix.rowCount, matrix.columnCount)
  }
}
