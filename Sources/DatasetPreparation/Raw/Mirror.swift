import Foundation
import RunSupport

/// A folder that holds raw files under paths of its own.
struct Mirror {
  let directory: String
  /// SHA-256 by path, from the mirror's `SHA256SUMS`; empty if it has none.
  private let sums: [String: String]

  /// - Throws: `StageError` (`missingInput`) if there is no such folder.
  init(directory: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder), isFolder.boolValue else {
      throw StageError(
        .missingInput, "no mirror folder \(directory)", where: directory, why: "it does not exist or is no folder",
        fix: "pass an existing folder as MIRROR, or none to download")
    }
    self.directory = directory
    let list = FileManager.default.contents(atPath: (directory as NSString).appendingPathComponent("SHA256SUMS"))
    sums = Self.parse(String(decoding: list ?? Data(), as: UTF8.self))
  }

  /// The first of the paths that exists in the mirror.
  func first(of paths: [String]) -> String? {
    paths.first { FileManager.default.fileExists(atPath: full($0)) }
  }

  func full(_ path: String) -> String { (directory as NSString).appendingPathComponent(path) }

  /// Checks a file against the mirror's own list.
  ///
  /// - Throws: `StageError` (`badData`) if the list does not name it or the hash differs.
  func vouch(for path: String) throws -> Verification.Result {
    let advice = "correct the mirror, or run without MIRROR to download the official file"
    guard let expected = sums[path] else {
      throw StageError(
        .badData, "nothing vouches for \(full(path))", where: full(path),
        why: "it is not the official file, and the mirror's SHA256SUMS does not name it", fix: advice)
    }
    var file = RawSource.File(name: path)
    file.hash = .sha256(expected)
    var result = try Verification(file: file, advice: advice).check(full(path))
    result.verifiedBy = "SHA256SUMS of the mirror"
    return result
  }

  /// Copies a verified file; the copy appears under its name only if its bytes still have the verified hash.
  func copy(_ path: String, to destination: String, verified: Verification.Result) throws {
    guard let handle = FileHandle(forReadingAtPath: full(path)) else { throw AtomicFile.failure("read a file", full(path)) }
    defer { try? handle.close() }
    try AtomicFile.write(to: destination) { append in
      let hash = FileHash(.sha256)
      while let piece = try handle.piece(upTo: 1 << 20, of: full(path)), !piece.isEmpty {
        try piece.withUnsafeBytes {
          hash.update($0)
          try append($0)
        }
      }
      guard hash.finish() == verified.sha256 else {
        throw StageError(
          .inputOutput, "\(full(path)) changed while it was copied", where: full(path), why: "its hash differs from a moment ago",
          fix: "run the command again")
      }
    }
  }

  /// Lines of `sha256sum`: the digest, a blank, a blank or `*`, the path.
  private static func parse(_ text: String) -> [String: String] {
    var sums: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where line.count > 66 {
      let digest = line.prefix(64)
      guard digest.allSatisfy(\.isHexDigit) else { continue }
      let path = String(line.dropFirst(66))
      sums[path.hasPrefix("./") ? String(path.dropFirst(2)) : path] = digest.lowercased()
    }
    return sums
  }
}
