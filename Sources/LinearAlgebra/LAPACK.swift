import CLAPACKE
import ComplexModule
import RunSupport

/// What all calls of LAPACK share: its letters, its number type and its errors.
enum LAPACK {
  static let vectors = CChar(UInt8(ascii: "V"))
  static let noVectors = CChar(UInt8(ascii: "N"))
  static let lower = CChar(UInt8(ascii: "L"))
  /// Letter of `zgejsv`: rows and columns may be scaled; tiny values are kept.
  static let scaledOnBothSides = CChar(UInt8(ascii: "F"))
  static let fullRange = CChar(UInt8(ascii: "N"))

  /// The entries column by column, as LAPACK reads them, and one column of zeros behind them.
  ///
  /// OpenBLAS 0.3.21 (`zgemv_n` for processors with AVX-512) reads one element past the end of a vector, without using it. Where the vector
  /// is a row of the matrix, that element lies up to a column behind the matrix, which ends the process if no memory is there. So LAPACK gets
  /// our own columns, never rows, which LAPACKE would copy to memory without that room.
  static func columns(of matrix: Matrix<Complex<Double>>) -> [ssm_complex_double] {
    columns(of: matrix.map { ssm_complex_double(real: $0.real, imag: $0.imaginary) }, zero: ssm_complex_double())
  }

  static func columns<Element>(of matrix: Matrix<Element>, zero: Element) -> [Element] {
    var entries: [Element] = []
    entries.reserveCapacity((matrix.columnCount + 1) * matrix.rowCount)
    for column in 0..<matrix.columnCount {
      for row in 0..<matrix.rowCount { entries.append(matrix[row, column]) }
    }
    return entries + [Element](repeating: zero, count: matrix.rowCount)
  }

  /// The matrix of such columns; what is behind them is left out.
  static func matrix(columns: [ssm_complex_double], _ rowCount: Int, _ columnCount: Int) -> Matrix<Complex<Double>> {
    Matrix(rowCount, columnCount) { row, column in
      let value = columns[column * rowCount + row]
      return Complex(value.real, value.imag)
    }
  }

  /// - Precondition: the matrix is square.
  static func checkedSize<Element>(of matrix: Matrix<Element>, isFinite: (Element) -> Bool) throws -> Int32 {
    precondition(matrix.rowCount == matrix.columnCount, "eigenvalues of a \(matrix.rowCount) × \(matrix.columnCount) matrix")
    try requireFinite(matrix, isFinite: isFinite)
    return Int32(matrix.rowCount)
  }

  static func requireFinite<Element>(_ matrix: Matrix<Element>, isFinite: (Element) -> Bool) throws {
    guard let index = matrix.entries.firstIndex(where: { !isFinite($0) }) else { return }
    throw StageError(
      .badData, "a matrix holds a value that is not finite",
      where: "row \(index / matrix.columnCount), column \(index % matrix.columnCount)", why: "the value is \(matrix.entries[index])",
      fix: "check the parameters that the matrix was made from")
  }

  static func check(_ status: Int32, _ routine: String) throws {
    guard status != 0 else { return }
    throw StageError(
      .internalBug, "LAPACK found no solution", where: routine, why: "it returned \(status)",
      fix: "report this together with the parameters of the system")
  }
}
