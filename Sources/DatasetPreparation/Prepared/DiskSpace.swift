import Foundation
import RunSupport

/// Refuses to begin what the disk cannot hold.
package enum DiskSpace {
  /// - Parameters:
  ///   - bytes: what will be written.
  ///   - path: where; it need not exist yet.
  ///   - advice: how to need less.
  /// - Throws: `StageError` (`inputOutput`) with both numbers if the free space is too small.
  package static func require(_ bytes: Int, at path: String, advice: String) throws {
    let folder = existingParent(of: path)
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue, free < bytes else { return }
    throw StageError(
      .inputOutput, "\(gigabytes(bytes)) GB do not fit on the disk", where: path,
      why: "only \(gigabytes(free)) GB are free in \(folder)", fix: advice)
  }

  private static func existingParent(of path: String) -> String {
    var folder = path
    while !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) { folder = (folder as NSString).deletingLastPathComponent }
    return folder.isEmpty ? "." : folder
  }

  private static func gigabytes(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1e9) }
}
