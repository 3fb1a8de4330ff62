import CLAPACKE
import ComplexModule

/// Eigenvalues of small dense matrices, through LAPACK in double precision.
package enum Eigenvalues {
  /// Eigenvalues in ascending order and orthonormal eigenvectors, which are the columns of `vectors`.
  package struct Decomposition<Element: Sendable>: Sendable {
    package let values: [Double]
    package let vectors: Matrix<Element>
  }

  /// Eigenvalues and eigenvectors of a Hermitian matrix; only its lower triangle is read.
  ///
  /// - Precondition: the matrix is square.
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package static func hermitian(_ matrix: Matrix<Complex<Double>>) throws -> Decomposition<Complex<Double>> {
    let size = try LAPACK.checkedSize(of: matrix, isFinite: \.isFinite)
    var entries = LAPACK.columns(of: matrix)
    var values = [Double](repeating: 0, count: Int(size))
    let status = LAPACKE_zheevd(LAPACK_COL_MAJOR, LAPACK.vectors, LAPACK.lower, size, &entries, max(1, size), &values)
    try LAPACK.check(status, "zheevd")
    return Decomposition(values: values, vectors: LAPACK.matrix(columns: entries, matrix.rowCount, matrix.columnCount))
  }

  /// Eigenvalues and eigenvectors of a real symmetric matrix; only its lower triangle is read.
  ///
  /// - Precondition: the matrix is square.
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package static func symmetric(_ matrix: Matrix<Double>) throws -> Decomposition<Double> {
    let size = try LAPACK.checkedSize(of: matrix, isFinite: \.isFinite)
    var entries = LAPACK.columns(of: matrix, zero: 0)
    var values = [Double](repeating: 0, count: Int(size))
    let status = LAPACKE_dsyevd(LAPACK_COL_MAJOR, LAPACK.vectors, LAPACK.lower, size, &entries, max(1, size), &values)
    try LAPACK.check(status, "dsyevd")
    return Decomposition(
      values: values, vectors: Matrix(matrix.rowCount, matrix.columnCount) { entries[$1 * matrix.rowCount + $0] })
  }

  /// Eigenvalues of any square matrix, in no particular order.
  ///
  /// - Precondition: the matrix is square.
  /// - Throws: `StageError`: `badData` if a value is not finite, `internalBug` if LAPACK finds no solution.
  package static func general(_ matrix: Matrix<Complex<Double>>) throws -> [Complex<Double>] {
    let size = try LAPACK.checkedSize(of: matrix, isFinite: \.isFinite)
    var entries = LAPACK.columns(of: matrix)
    var values = [ssm_complex_double](repeating: ssm_complex_double(), count: Int(size))
    let status = LAPACKE_zgeev(
      LAPACK_COL_MAJOR, LAPACK.noVectors, LAPACK.noVectors, size, &entries, max(1, size), &values, nil, 1, nil, 1)
    try LAPACK.check(status, "zgeev")
    return values.map { Complex($0.real, $0.imag) }
  }
}
