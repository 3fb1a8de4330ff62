import Foundation
import RunSupport

/// `refused.json` of a raw folder: first downloads that preparation could not read, so that their hashes bind no later download.
///
/// A file of its own beside the receipt: a newer receipt would have everything prepared again that was made of the folder's other files.
struct RefusedFiles: Codable, Equatable {
  /// Why, by SHA-256.
  private(set) var reasons: [String: String] = [:]

  private static func path(in folder: String) -> String { (folder as NSString).appendingPathComponent("refused.json") }

  /// What was refused so far; nothing if that cannot be read, since it only makes a download more patient.
  static func existing(in folder: String) -> RefusedFiles {
    let data = FileManager.default.contents(atPath: path(in: folder))
    return data.flatMap { try? JSONDecoder().decode(RefusedFiles.self, from: $0) } ?? RefusedFiles()
  }

  subscript(sha256: String) -> String? { reasons[sha256] }

  /// Notes the file at which preparation failed, if nothing but its first download vouches for it. Failures to write are passed over:
  /// the refusal itself is what the user must read.
  static func note(_ error: StageError, raw folder: String) {
    guard error.code == .badData, let receipt = try? Receipt.existing(in: folder, madeBy: "") else { return }
    for entry in receipt.files where entry.verifiedBy == Verification.firstDownload {
      let path = (folder as NSString).appendingPathComponent(entry.file)
      // A file that changed since is another one than the receipt's.
      guard error.location == path || error.location.hasPrefix(path + ","), (try? FileHash.hex(ofFile: path)) == entry.sha256 else {
        continue
      }
      var refused = existing(in: folder)
      refused.reasons[entry.sha256] = error.why
      try? AtomicFile.write(try JSONText.encode(refused), to: self.path(in: folder))
    }
  }

  /// Forgets what the receipt no longer lists.
  func keepOnly(_ entries: [Receipt.Entry], in folder: String) throws {
    let kept = RefusedFiles(reasons: reasons.filter { reason in entries.contains { $0.sha256 == reason.key } })
    guard kept != self else { return }
    if kept.reasons.isEmpty {
      unlink(Self.path(in: folder))
    } else {
      try AtomicFile.write(try JSONText.encode(kept), to: Self.path(in: folder))
    }
  }
}
