import Foundation
import RunSupport

/// A table of raw BIDMC signals: a header with the names of the columns, the first of them the time, then a sample on each line.
///
/// It is described only. The regression task needs the windows and targets of the `.ts` files.
package struct SignalTable {
  package struct Column: Sendable, Equatable {
    package var name: String
    package var least = Float.infinity
    package var largest = -Float.infinity
    fileprivate var sum = 0.0

    /// How many numbers are there.
    package private(set) var count = 0
    package var mean: Double { count == 0 ? 0 : sum / Double(count) }

    init(name: String) { self.name = name }

    fileprivate mutating func add(_ value: Float) {
      (least, largest) = (min(least, value), max(largest, value))
      sum += Double(value)
      count += 1
    }
  }

  package private(set) var columns: [Column] = []
  package private(set) var rowCount = 0
  private let name: String
  private static let sizeLimit = 1 << 28

  /// Reads a whole file, compressed or not.
  ///
  /// - Throws: `StageError` (`badData`) naming the first line that cannot be read.
  package static func read(file path: String) throws -> SignalTable {
    let bytes = try ArchiveReader(path: path, advice: "replace it by a whole file").singleFile(atMost: sizeLimit)
    return try bytes.withUnsafeBytes { try SignalTable($0, name: path) }
  }

  /// - Parameter name: what errors call the file.
  package init(_ bytes: UnsafeRawBufferPointer, name: String) throws {
    self.name = name
    try LineSplitter.forEachLine(of: bytes) { try read(line: $1, number: $0) }
    guard rowCount > 0 else { throw bad(1, "it holds no sample") }
  }

  private mutating func read(line: UnsafeRawBufferPointer, number: Int) throws {
    let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if number == 1 {
      columns = fields.map { Column(name: String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces)) }
      guard columns.count > 1, columns[0].name.lowercased().hasPrefix("time") else {
        throw bad(number, "the first column is \"\(columns[0].name.prefix(40))\", expected is the time")
      }
      return
    }
    guard fields.count == columns.count else { throw bad(number, "\(fields.count) columns, the header has \(columns.count)") }
    for (column, field) in fields.enumerated() {
      switch DecimalField(field) {
      case .number(let value): columns[column].add(value)
      case .missing where column > 0: break
      case .missing, .invalid:
        throw bad(number, "\"\(String(decoding: field.prefix(40), as: UTF8.self))\" in \(columns[column].name) is no finite number")
      }
    }
    rowCount += 1
  }

  /// For `describe`.
  package var text: String {
    let time = columns[0]
    let span = String(format: "%d samples from %.6g to %.6g s", rowCount, time.least, time.largest)
    let rate = time.largest > time.least ? String(format: ", %.6g Hz", Float(rowCount - 1) / (time.largest - time.least)) : ""
    let lines = columns.dropFirst().map { column in
      "column     \(column.name): "
        + String(format: "mean %.6g, from %.6g to %.6g, %d missing", column.mean, column.least, column.largest, rowCount - column.count)
    }
    return (["signals    " + span + rate] + lines).joined(separator: "\n")
  }

  private func bad(_ line: Int, _ why: String) -> StageError {
    StageError(.badData, "cannot read \(name)", where: "\(name), line \(line)", why: why, fix: "replace it by a whole file")
  }
}
