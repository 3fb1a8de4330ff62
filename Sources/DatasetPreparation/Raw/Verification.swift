import Foundation
import RunSupport

/// Compares a raw file with what is known of it.
struct Verification {
  /// What `verifiedBy` says where nothing vouches for the bytes but that later ones must equal them.
  static let firstDownload = "first download"

  let file: RawSource.File
  /// SHA-256 of the first download, where no hash is published, and where that is written.
  var recorded: (sha256: String, place: String)?
  /// The remedy of every failure.
  let advice: String
  /// Called with a line for the user before a test that may take minutes.
  var report: (String) -> Void = { _ in }

  /// Whether the publisher's hash is known.
  var knowsHash: Bool { file.hash != .none }

  struct Result: Equatable {
    var sha256: String
    var bytes: Int
    var verifiedBy: String
  }

  /// Checks kind, length and hash, the cheapest first; of a first download, whose hash will be recorded, also whether it came whole.
  ///
  /// - Throws: `StageError` (`badData`) naming what differs.
  func check(_ path: String) throws -> Result {
    try WebPage.refuse(file: path, advice: advice)
    let bytes = try Self.size(of: path)
    if let expected = file.bytes, bytes != expected {
      throw failure("wrong length of \(path)", path, "expected \(expected) bytes, found \(bytes)")
    }
    guard bytes > 0 else { throw failure("\(path) is empty", path, "it has no bytes") }
    let sha256 = try FileHash.hex(ofFile: path)
    switch file.hash {
    case .sha256(let expected):
      try compare(path, "sha256", expected: expected, found: sha256, bytes: bytes)
      return Result(sha256: sha256, bytes: bytes, verifiedBy: "sha256")
    case .md5(let expected):
      try compare(path, "md5", expected: expected, found: try FileHash.hex(ofFile: path, .md5), bytes: bytes)
      return Result(sha256: sha256, bytes: bytes, verifiedBy: "md5")
    case .none:
      if let recorded {
        let place = "expected sha256 (recorded at the first download) \(recorded.sha256), as \(recorded.place) says"
        guard recorded.sha256 == sha256 else {
          var error = failure("checksum differs for \(path)", path, "\(place), found \(sha256) after \(bytes) bytes")
          error.remedy += "; a recorded hash is forgotten with the deleted file, or with the receipt"
          throw error
        }
      } else {
        let integrity = ArchiveIntegrity(name: file.name, path: path, advice: advice)
        if integrity.isArchive { report("\(path): reading all of it, because no hash is published") }
        try integrity.check()
      }
      return Result(sha256: sha256, bytes: bytes, verifiedBy: Self.firstDownload)
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
