import Foundation

/// A file of JSON objects, one a line, that only grows: what happened in a run, over all its restarts.
package final class EventLog {
  private let path: String
  private let descriptor: Int32

  /// Opens or makes the file. A line that a crash cut off is closed, so that the next one stays readable.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package init(path: String) throws {
    try AtomicFile.makeDirectory((path as NSString).deletingLastPathComponent)
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND, 0o644)
    guard descriptor >= 0 else { throw AtomicFile.failure("open a log", path) }
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != UInt8(ascii: "\n") { try append(line: "\n") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds one line in a single write, so that lines of several processes never mix.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package func append(_ event: some Encodable) throws {
    try append(line: JSONText.encodeLine(event))
  }

  private func append(line: String) throws {
    var line = line
    try line.withUTF8 { bytes in
      var count = write(descriptor, bytes.baseAddress, bytes.count)
      while count < 0 && errno == EINTR { count = write(descriptor, bytes.baseAddress, bytes.count) }
      guard count == bytes.count else { throw AtomicFile.failure("write to a log", path) }
    }
  }
}
