import Foundation
import RunSupport

/// Files in NumPy's `.npy` format: a magic number, a version, a header that is a Python dictionary, then the values.
///
/// - Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays"; versions 1.0 and 2.0, row-major order.
package enum NumPyFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Values start at a multiple of this, so that they can be used in place.
  private static let alignment = 64

  /// Maps an array into memory without reading its values.
  ///
  /// - Throws: `StageError`: `missingInput`, `inputOutput`, or `badData` for anything but a whole file of a supported kind.
  package static func read(_ path: String) throws -> NumPyArray {
    let file = try MappedFile(path: path)
    let (header, start) = try header(of: file, path: path)
    var parser = NumPyHeaderParser(text: header, path: path)
    let (elementType, shape) = try parser.parse()
    var byteCount = elementType.byteCount
    for size in shape {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: size)
      guard !overflow else { throw damaged(path, "its shape \(shape) is larger than any file") }
      byteCount = product
    }
    guard file.count - start == byteCount else {
      throw damaged(path, "shape \(shape) of \(elementType) needs \(byteCount) bytes, but the file holds \(file.count - start)")
    }
    return NumPyArray(elementType, shape: shape, data: file.data(start..<file.count))
  }

  /// Writes an array atomically, in version 1.0.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package static func write(_ array: NumPyArray, to path: String) throws {
    let header = Data(headerBytes(array.elementType, shape: array.shape))
    try AtomicFile.write(to: path) { append in
      try header.withUnsafeBytes { try append($0) }
      try array.data.withUnsafeBytes { try append($0) }
    }
  }

  /// Everything before the values.
  ///
  /// - Parameter size: its length, a multiple of the alignment; nil for the shortest.
  static func headerBytes(_ elementType: NumPyArray.ElementType, shape: [Int], size: Int? = nil) -> [UInt8] {
    let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    let dictionary = "{'descr': '\(elementType.rawValue)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let unpadded = magic.count + 4 + dictionary.utf8.count + 1
    let padding = size.map { $0 - unpadded } ?? (alignment - unpadded % alignment) % alignment
    precondition(padding >= 0, "NumPyFile: the header of shape \(shape) needs more than \(size ?? 0) bytes")
    let text = Array(dictionary.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    precondition(text.count <= Int(UInt16.max), "NumPyFile: \(shape.count) axes do not fit into the header")
    return magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
  }

  /// The dictionary's text and where the values start.
  private static func header(of file: MappedFile, path: String) throws -> (text: [UInt8], end: Int) {
    let prefix = [UInt8](file.data(0..<min(file.count, 12)))
    guard prefix.starts(with: magic), prefix.count >= 10 else { throw damaged(path, "it does not start like an .npy file") }
    let (start, length): (Int, Int)
    switch (prefix[6], prefix[7]) {
    case (1, 0): (start, length) = (10, Int(prefix[8]) | Int(prefix[9]) << 8)
    case (2, 0) where prefix.count == 12: (start, length) = (12, (8..<12).reduce(0) { $0 | Int(prefix[$1]) << (8 * ($1 - 8)) })
    default: throw damaged(path, "version \(prefix[6]).\(prefix[7]) is not supported, only 1.0 and 2.0")
    }
    guard length <= file.count - start else { throw damaged(path, "it ends inside its header") }
    return ([UInt8](file.data(start..<start + length)), start + length)
  }

  static func damaged(_ path: String, _ why: String) -> StageError {
    StageError(.badData, "\(path) is not a usable .npy file", where: path, why: why, fix: "delete it and run the stage that makes it again")
  }
}
