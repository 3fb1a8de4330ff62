import Foundation

/// Cuts a stream of bytes into lines without its end-of-line marks (`\n` or `\r\n`).
package struct LineSplitter {
  private var pending: [UInt8] = []
  private var number = 0

  package init() {}

  /// Calls `body` with number (from 1) and bytes of each line of a whole text.
  static func forEachLine(of text: UnsafeRawBufferPointer, _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
    var splitter = LineSplitter()
    try splitter.feed(text, body)
    try splitter.finish(body)
  }

  /// Calls `body` with number (from 1) and bytes of each line that ends in this piece.
  mutating func feed(_ piece: UnsafeRawBufferPointer, _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
    var rest = piece[...]
    while let end = Self.newline(in: rest) {
      if pending.isEmpty {
        try emit(UnsafeRawBufferPointer(rebasing: rest[..<end]), body)
      } else {
        pending.append(contentsOf: rest[..<end])
        try flush(body)
      }
      rest = rest[(end + 1)...]
    }
    pending.append(contentsOf: rest)
  }

  /// Emits a last line that has no mark.
  mutating func finish(_ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
    if !pending.isEmpty { try flush(body) }
  }

  private mutating func flush(_ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
    let line = pending
    pending.removeAll(keepingCapacity: true)
    try line.withUnsafeBytes { try emit($0, body) }
  }

  private mutating func emit(_ line: UnsafeRawBufferPointer, _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
    number += 1
    let end = line.last == UInt8(ascii: "\r") ? line.count - 1 : line.count
    try body(number, UnsafeRawBufferPointer(rebasing: line[..<end]))
  }

  private static func newline(in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard let start = bytes.base.baseAddress, !bytes.isEmpty else { return nil }
    return memchr(start + bytes.startIndex, 10, bytes.count).map { UnsafeRawPointer($0) - start }
  }
}
