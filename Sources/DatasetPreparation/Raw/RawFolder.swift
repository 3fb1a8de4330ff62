import Datasets
import Foundation
import RunSupport

/// A raw folder with its receipt, as preprocessing reads it.
package struct RawFolder {
  /// A verified file.
  package struct File {
    package let path: String
    /// What a card says of it.
    package let source: DatasetCard.Source
    /// The remedy if it turns out damaged.
    package var advice: String

    /// - Parameter place: a member of the archive, if it is one.
    func bad(_ what: String, at place: String? = nil, _ why: String) -> StageError {
      StageError(.badData, what, where: place.map { "\(path), \($0)" } ?? path, why: why, fix: advice)
    }
  }

  package let directory: String
  package let receipt: Receipt
  private let command: String

  /// - Throws: `StageError` (`missingInput`) if nothing was downloaded to the folder yet.
  package init(directory: String, command: String) throws {
    self.directory = directory
    self.command = command
    guard let receipt = try Receipt.existing(in: directory, madeBy: command) else {
      throw StageError(
        .missingInput, "no raw data in \(directory)", where: (directory as NSString).appendingPathComponent(Receipt.fileName),
        why: "the download has not run, or was not finished", fix: "run \(command)")
    }
    self.receipt = receipt
  }

  /// The path of a file whose bytes still are what the receipt says; nil if the receipt does not list it.
  ///
  /// - Throws: `StageError`: `missingInput` if the file is gone, `badData` if it changed.
  package func verifiedPath(of name: String) throws -> String? {
    guard let entry = receipt[name] else { return nil }
    let path = (directory as NSString).appendingPathComponent(entry.file)
    guard FileManager.default.fileExists(atPath: path) else {
      throw StageError(
        .missingInput, "no file \(path)", where: path, why: "the receipt lists it, but it is gone", fix: "run \(command)")
    }
    let found = try FileHash.hex(ofFile: path)
    guard found == entry.sha256 else {
      throw StageError(
        .badData, "checksum differs for \(path)", where: path, why: "the receipt says sha256 \(entry.sha256), found \(found)",
        fix: "delete the file and run \(command)")
    }
    return path
  }

  /// A file that preprocessing cannot do without.
  ///
  /// - Parameter section: the part of data/README.md that tells how to obtain the file by hand, if there is one.
  /// - Throws: `StageError`: `missingInput` if the receipt does not list it or it is gone, `badData` if it changed.
  package func required(_ name: String, byHand section: String? = nil) throws -> File {
    guard let path = try verifiedPath(of: name), let source = cardSource(of: name) else {
      let byHand = section.map { ", or place the file there by hand and run it (data/README.md, \($0))" } ?? ""
      throw StageError(
        .missingInput, "no \(name) in \(directory)", where: directory, why: "the receipt does not list it", fix: "run \(command)\(byHand)")
    }
    return File(path: path, source: source, advice: "delete \(path) and run \(command)")
  }

  /// What a card says of a file.
  package func cardSource(of name: String) -> DatasetCard.Source? {
    receipt[name].map { DatasetCard.Source(name: $0.file, sha256: $0.sha256, bytes: $0.bytes, official: $0.official) }
  }
}
