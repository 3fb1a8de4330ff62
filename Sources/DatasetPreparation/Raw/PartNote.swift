import Foundation
import RunSupport

/// What is known of a download beside its bytes, until the receipt says it: `NAME.part.json` in the raw folder.
///
/// By it a later call knows whether a part may be continued, and where a file came from whose receipt a kill prevented.
struct PartNote: Codable, Equatable {
  var url: String
  /// The server's name for this version of the file: its entity tag, or the time of its last change.
  var validator: String?
  /// Bytes that the whole file has, as the server says.
  var total: Int?
  /// Of the whole file, once it is verified.
  var sha256: String?

  private static func path(of file: String) -> String { file + ".part.json" }

  /// The note of a file; nil if there is none that can be read.
  static func existing(for file: String) -> PartNote? {
    FileManager.default.contents(atPath: path(of: file)).flatMap { try? JSONDecoder().decode(PartNote.self, from: $0) }
  }

  func write(for file: String) throws { try AtomicFile.write(try JSONText.encode(self), to: Self.path(of: file)) }

  static func remove(for file: String) { unlink(path(of: file)) }
}
