import Foundation

/// Makes folders so that a reader sees the old one or the new one, never a part.
package enum AtomicFolder {
  /// Makes a folder beside `path` and, when `body` has filled it, puts it into its place. What killed processes left half made of it is removed
  /// first.
  ///
  /// - Parameter body: fills the folder whose path it is given.
  /// - Throws: `StageError` (`inputOutput`), and what `body` and a `FolderGuard` throw; then `path` is as it was.
  package static func write<Result>(to path: String, _ body: (_ side: String) throws -> Result) throws -> Result {
    let (manager, parent) = (FileManager.default, (path as NSString).deletingLastPathComponent)
    for name in Leftovers.names(in: parent, of: (path as NSString).lastPathComponent) {
      try? manager.removeItem(atPath: (parent as NSString).appendingPathComponent(name))
    }
    let side = AtomicFile.sidePath(of: path)
    do {
      try AtomicFile.makeDirectory(side)
      let result = try body(side)
      try replace(path, by: side)
      return result
    } catch {
      try? manager.removeItem(atPath: side)
      throw error
    }
  }

  private static func replace(_ path: String, by side: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return try AtomicFile.rename(side, to: path) }
    try FolderGuard.check(path)
    // Someone may be about to read it.
    if AtomicFile.exchange(side, path) {
      try? FileManager.default.removeItem(atPath: side)
      return
    }
    let old = side + ".old"
    try AtomicFile.rename(path, to: old)
    do {
      try AtomicFile.rename(side, to: path)
    } catch {
      try? AtomicFile.rename(old, to: path)
      throw error
    }
    try? FileManager.default.removeItem(atPath: old)
  }
}
