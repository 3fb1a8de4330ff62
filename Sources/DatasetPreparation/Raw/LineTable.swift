import Foundation
import RunSupport

/// A text table with a row on a line, read as the bytes of a file or of an archive's member arrive.
package protocol LineTable {
  associatedtype Row
  /// What errors call the file.
  var name: String { get }
  /// The remedy of every failure.
  var advice: String { get }
  /// Lines that have not ended yet.
  var lines: LineSplitter { get set }

  /// The row of a line, numbered from 1; nil if it holds none.
  mutating func row(_ line: UnsafeRawBufferPointer, number: Int) throws -> Row?

  /// Why what was read is no whole table; nil if it is one.
  var lack: String? { get }
}

extension LineTable {
  /// Takes the next bytes of the file and calls `body` with each row that ends in them.
  ///
  /// - Throws: `StageError` (`badData`) naming the first line that cannot be read, and what `body` throws.
  package mutating func feed(_ piece: UnsafeRawBufferPointer, _ body: (Row) throws -> Void) throws {
    var splitter = lines
    lines = LineSplitter()
    try splitter.feed(piece) { if let row = try row($1, number: $0) { try body(row) } }
    lines = splitter
  }

  /// Reads a last line that has no end mark.
  package mutating func finish(_ body: (Row) throws -> Void) throws {
    var splitter = lines
    lines = LineSplitter()
    try splitter.finish { if let row = try row($1, number: $0) { try body(row) } }
    if let lack { throw bad(1, lack) }
  }

  /// Reads a whole file.
  ///
  /// - Throws: as above; `inputOutput` if it cannot be opened.
  package mutating func read(file path: String, _ body: (Row) throws -> Void) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw AtomicFile.failure("read a file", path) }
    defer { try? handle.close() }
    while let piece = try handle.piece(upTo: 1 << 20, of: path), !piece.isEmpty {
      try piece.withUnsafeBytes { try feed($0, body) }
    }
    try finish(body)
  }

  /// Reads a member of an archive.
  mutating func read(member: ArchiveReader.Member, _ body: (Row) throws -> Void) throws {
    try member.forEachPiece { try feed($0, body) }
    try finish(body)
  }

  func bad(_ line: Int, _ why: String) -> StageError {
    StageError(.badData, "cannot read \(name)", where: "\(name), line \(line)", why: why, fix: advice)
  }
}
