import Foundation
import RunSupport

/// Compares a raw file with what is known of it.
struct Verification {
  let file: RawSource.File
  /// SHA-256 of the first download, where no hash is published.
  let recorded: String?
  /// The remedy of every failure.
  let advice: String

  struct Result: Equatable {
    var sha256: String
    var bytes: Int
    var verifiedBy: String
  }

  /// Checks kind, length and hash, the cheapest first.
  ///
  /// - Throws: `StageError` (`badData`) naming what differs.
  func check(_ path: String) throws -> Result {
    try WebPage.refuse(file: path, advice: advice)
    let bytes = try Self.size(of: path)
    if let expected = file.bytes, bytes != expected {
      throw failure("wrong length of \(path)", path, "expected \(expected) bytes, found \(bytes)")
    }
    let sha256 = try FileHash.hex(ofFile: path)
    switch file.hash {
    case .sha256(let expected):
      try compare(path, "sha256", expected: expected, found: sha256, bytes: bytes)
      return Result(sha256: sha256, bytes: bytes, verifiedBy: "sha256")
    case .md5(let expected):
      try compare(path, "md5", expected: expected, found: try FileHash.hex(ofFile: path, .md5), bytes: bytes)
      return Result(sha256: sha256, bytes: bytes, verifiedBy: "md5")
    case .none:
      if let recorded { try compare(path, "sha256 (recorded at the first download)", expected: recorded, found: sha256, bytes: bytes) }
      return Result(sha256: sha256, bytes: bytes, verifiedBy: "first download")
    }
  }

  static func size(of path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw AtomicFile.failure("read a file", path) }
    return Int(status.st_size)
  }

  private func compare(_ path: String, _ kind: String, expected: String, found: String, bytes: Int) throws {
    guard expected != found else { return }
    throw failure("checksum differs for \(path)", path, "expected \(kind) \(expected), found \(found) after \(bytes) bytes")
  }

  private func failure(_ what: String, _ path: String, _ why: String) -> StageError {
    StageError(.badData, what, where: path, why: why, fix: advice)
  }
}
