import Foundation
import RunSupport

/// Reads a file of moderate size at once.
enum WholeFile {
  /// - Throws: `StageError` (`inputOutput`).
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw AtomicFile.failure("read a file", path) }
    return [UInt8](data)
  }
}
