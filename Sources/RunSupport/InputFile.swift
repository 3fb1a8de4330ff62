import Foundation

/// A file that a user names or must have made.
package enum InputFile {
  /// All of its bytes.
  ///
  /// - Throws: `StageError` (`missingInput`) if it cannot be read.
  package static func data(_ path: String, fix: String) throws -> Data {
    if let data = FileManager.default.contents(atPath: path) { return data }
    throw StageError(.missingInput, "no file \(path)", where: path, why: "it does not exist or may not be read", fix: fix)
  }
}
