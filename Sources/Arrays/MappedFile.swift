import Foundation
import RunSupport

/// The bytes of a file, read by the system only where they are used.
final class MappedFile: Sendable {
  let count: Int
  private nonisolated(unsafe) let start: UnsafeMutableRawPointer?

  /// - Throws: `StageError`: `missingInput` if there is no such file, `inputOutput` if it cannot be read.
  init(path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      if errno != ENOENT { throw AtomicFile.failure("read a file", path) }
      throw StageError(
        .missingInput, "no file \(path)", where: path, why: "it does not exist", fix: "check the path, or run the stage that makes it")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw AtomicFile.failure("read a file", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StageError(.inputOutput, "cannot read \(path)", where: path, why: "it is not an ordinary file", fix: "check the path")
    }
    count = Int(status.st_size)
    if count == 0 {  // the system refuses empty mappings
      start = nil
      return
    }
    guard let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED else {
      throw AtomicFile.failure("map a file into memory", path)
    }
    start = mapping
  }

  deinit {
    if let start { munmap(start, count) }
  }

  /// A range of the file without a copy; the result keeps the mapping alive and its indices start at 0.
  ///
  /// - Precondition: the range lies in the file.
  func data(_ range: Range<Int>) -> Data {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "MappedFile: \(range) of \(count) bytes")
    guard let start, !range.isEmpty else { return Data() }
    return Data(bytesNoCopy: start + range.lowerBound, count: range.count, deallocator: .custom { _, _ in withExtendedLifetime(self) {} })
  }
}
