import RunSupport

/// An array of unsigned bytes in MNIST's IDX format.
///
/// - Source: yann.lecun.com/exdb/mnist: two zero bytes, the element type, the number of axes, big-endian sizes, then the values.
package struct IDXFile: Sendable, Equatable {
  /// More values are refused; the largest file of the set has 47 million.
  private static let limit = 1 << 28
  private static let unsignedByte: UInt8 = 0x08

  package let shape: [Int]
  /// Row-major.
  package let values: [UInt8]

  /// Reads a file, compressed with gzip or not.
  ///
  /// - Throws: `StageError`: `inputOutput`, or `badData` for anything but a whole file of unsigned bytes.
  package init(path: String, advice: String) throws {
    try self.init(try ArchiveReader(path: path, advice: advice).singleFile(atMost: Self.limit), name: path, advice: advice)
  }

  /// Reads the content of a file.
  package init(_ bytes: [UInt8], name: String, advice: String) throws {
    func failure(_ why: String) -> StageError {
      StageError(.badData, "\(name) is not a usable IDX file", where: name, why: why, fix: advice)
    }
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else { throw failure("it does not start like an IDX file") }
    guard bytes[2] == Self.unsignedByte else { throw failure("element type \(bytes[2]) is not supported, only unsigned bytes (8)") }
    let axisCount = Int(bytes[3])
    let start = 4 + 4 * axisCount
    guard axisCount > 0, bytes.count >= start else { throw failure("it ends inside its header of \(axisCount) axes") }
    let shape = (0..<axisCount).map { axis in bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) } }
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, product <= Self.limit else { throw failure("its shape \(shape) is too large") }
      count = product
    }
    guard bytes.count - start == count else {
      throw failure("shape \(shape) needs \(count) values, but \(bytes.count - start) follow the header")
    }
    self.shape = shape
    values = Array(bytes[start...])
  }
}
