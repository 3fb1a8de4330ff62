import Foundation
import RunSupport

/// Writes an `.npy` file row by row, for arrays that memory would not hold and whose number of rows shows only at the end.
///
/// The file counts only after `finish`; until then its header is blank. Write it in a folder that is renamed when it is complete.
package final class NumPyRowWriter {
  /// Room for the header of any shape: a multiple of the format's alignment.
  private static let headerSize = 128

  private let path: String
  private let elementType: NumPyArray.ElementType
  private let rowShape: [Int]
  private let rowSize: Int
  private var file: UnsafeMutablePointer<FILE>?
  private var byteCount = 0

  /// - Parameter rowShape: shape of a row; empty for a list of numbers.
  /// - Precondition: every size is positive.
  /// - Throws: `StageError` (`inputOutput`).
  package init(path: String, _ elementType: NumPyArray.ElementType, rowShape: [Int]) throws {
    precondition(rowShape.allSatisfy { $0 > 0 }, "NumPyRowWriter: rows of shape \(rowShape)")
    self.path = path
    self.elementType = elementType
    self.rowShape = rowShape
    rowSize = rowShape.reduce(elementType.byteCount, *)
    file = fopen(path, "w")
    guard file != nil else { throw AtomicFile.failure("write a file", path) }
    try write([UInt8](repeating: 0, count: Self.headerSize))
  }

  deinit {
    if let file { fclose(file) }
  }

  /// Whole rows so far.
  package var rowCount: Int { byteCount / rowSize }

  /// Appends values in row-major order; several rows or a part of one.
  ///
  /// - Precondition: the array holds elements of this type.
  package func append<Element: NumPyElement>(_ values: [Element]) throws {
    precondition(Element.numPyType == elementType, "NumPyRowWriter: \(Element.numPyType) for an array of \(elementType)")
    byteCount += values.count * elementType.byteCount
    try write(values)
  }

  /// Completes the header, flushes the file to the disk and closes it.
  ///
  /// - Precondition: the last row is whole.
  package func finish() throws {
    precondition(byteCount % rowSize == 0, "NumPyRowWriter: \(byteCount) bytes in rows of \(rowSize)")
    guard let file else { return }
    rewind(file)
    try write(NumPyFile.headerBytes(elementType, shape: [rowCount] + rowShape, size: Self.headerSize))
    guard fflush(file) == 0, fsync(fileno(file)) == 0 else { throw AtomicFile.failure("flush a file", path) }
    self.file = nil
    guard fclose(file) == 0 else { throw AtomicFile.failure("close a file", path) }
  }

  private func write<Element: BitwiseCopyable>(_ values: [Element]) throws {
    guard let file else { preconditionFailure("NumPyRowWriter: \(path) is finished") }
    let written = values.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
    guard written else { throw AtomicFile.failure("write a file", path) }
  }
}
