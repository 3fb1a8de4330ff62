import Foundation
import RunSupport

/// A file of named arrays: eight bytes with the length of a JSON header, the header, then the values end to end.
///
/// - Source: the format description of huggingface/safetensors; like there, the values must fill the file without gaps or overlaps.
package struct SafetensorsFile: Sendable {
  /// The format's own limit, so that a wrong length does not make us parse gigabytes.
  private static let largestHeader = 100_000_000

  /// Sorted.
  package let names: [String]
  /// Free text that the writer added, but for the hash of the content.
  package let metadata: [String: String]

  private let path: String
  private let file: MappedFile
  private let entries: [String: SafetensorsHeader.Entry]
  /// Where the values start in the file.
  private let start: Int

  /// Maps a file and checks its header completely, and its content where the metadata name its hash, as those of our files do; else values
  /// are read when a tensor is asked for.
  ///
  /// - Throws: `StageError`: `missingInput`, `inputOutput`, or `badData` for anything but a whole, consistent file.
  package init(path: String) throws {
    let file = try MappedFile(path: path)
    guard file.count >= 8 else { throw Self.damaged(path, "it has only \(file.count) bytes") }
    let length = file.data(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.largestHeader), Int(length) <= file.count - 8 else {
      throw Self.damaged(path, "its header should have \(length) bytes, which does not fit the file of \(file.count) bytes")
    }
    let header: SafetensorsHeader
    do {
      header = try JSONDecoder().decode(SafetensorsHeader.self, from: file.data(8..<8 + Int(length)))
      try header.validate(byteCount: file.count - 8 - Int(length))
    } catch let problem as SafetensorsHeader.Problem {
      throw Self.damaged(path, problem.text)
    } catch {
      throw Self.damaged(path, "its header is not the JSON of this format")
    }
    self.path = path
    self.file = file
    start = 8 + Int(length)
    entries = header.entries
    metadata = header.metadata.filter { $0.key != SafetensorsHash.key }
    names = entries.keys.sorted()
    if let expected = header.metadata[SafetensorsHash.key] {
      let found = try contentHash
      guard found == expected else {
        throw Self.damaged(path, "the SHA-256 of its content is \(found), \(SafetensorsHash.key) in its metadata says \(expected)")
      }
    }
  }

  /// - Throws: `StageError` (`badData`) if the file has no tensor of that name.
  package func tensor(_ name: String) throws -> SafetensorsTensor {
    guard let entry = entries[name], let elementType = entry.elementType else {
      let hint = NearestName.suggestion(for: name, among: names).map { "; the nearest name is \($0)" } ?? ""
      throw StageError(
        .badData, "no tensor \(name) in \(path)", where: path, why: "the file holds \(names.count) others\(hint)",
        fix: "check that this is the right file")
    }
    let data = file.data(start + entry.range.lowerBound..<start + entry.range.upperBound)
    return SafetensorsTensor(name: name, elementType: elementType, shape: entry.shape, data: data)
  }

  private static func damaged(_ path: String, _ why: String) -> StageError {
    StageError(.badData, "\(path) is not a usable safetensors file", where: path, why: why, fix: "delete it and make it again")
  }
}
