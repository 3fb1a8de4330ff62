import Foundation
import RunSupport

/// `receipt.json` of a raw folder: which files were verified, and where they came from. Written last by `download`.
package struct Receipt: Codable, Sendable, Equatable {
  package struct Entry: Codable, Sendable, Equatable {
    /// Name in `data/sources.yaml`.
    package var name: String
    /// Path below the raw folder; differs from the name for a subset.
    package var file: String
    package var sha256: String
    package var bytes: Int
    /// Address, mirror path or "placed by hand".
    package var origin: String
    /// What vouches for the bytes: "sha256", "md5", "SHA256SUMS of the mirror" or "first download".
    package var verifiedBy: String
    /// The publisher's own file, not a subset or stand-in.
    package var official: Bool
    package var standIn: Bool
  }

  package var dataset: String
  package var files: [Entry]

  package static let fileName = "receipt.json"

  static func path(in folder: String) -> String { (folder as NSString).appendingPathComponent(fileName) }

  package subscript(name: String) -> Entry? { files.first { $0.name == name } }

  /// The receipt of a folder, or nil if nothing was downloaded there yet.
  static func existing(in folder: String, madeBy command: String) throws -> Receipt? {
    let path = path(in: folder)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try JSONText.decode(Receipt.self, fromFile: path, madeBy: command)
  }

  func write(in folder: String) throws {
    try AtomicFile.write(try JSONText.encode(self), to: Self.path(in: folder))
  }
}
