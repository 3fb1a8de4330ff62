import CLAPACKE
import ComplexModule
import RunSupport

/// What all calls of LAPACK share: its letters, its number type and its errors.
enum LAPACK {
  static let vectors = CChar(UInt8(ascii: "V"))
  static let noVectors = CChar(UInt8(ascii: "N"))
  static let lower = CChar(UInt8(ascii: "L"))
  /// Of `zgejsv`: rows and columns may be scaled; tiny values are kept.
  static let scaledOnBothSides = CChar(UInt8(ascii: "F"))
  static let fullRange = CChar(UInt8(ascii: "N"))

  static func values(of matrix: Matrix<Complex<Double>>) -> [ssm_complex_double] {
    matrix.entries.map { ssm_complex_double(real: $0.real, imag: $0.imaginary) }
  }

  static func matrix(_ values: [ssm_complex_double], _ rowCount: Int, _ columnCount: Int) -> Matrix<Complex<Double>> {
    Matrix(rowCount: rowCount, columnCount: columnCount, entries: values.map { Complex($0.real, $0.imag) })
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
