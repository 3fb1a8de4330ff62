import Foundation
import RunSupport

/// Finished parts of a long computation, in a hidden folder beside its result: a killed process loses at most the part it was at.
struct PartStore {
  private let folder: String
  private let lock: FileLock

  /// Opens the folder that belongs to a result, and deletes parts of other results for the same place.
  ///
  /// - Parameters:
  ///   - output: path of the result.
  ///   - identity: everything that the parts depend on.
  /// - Throws: `StageError`: `retryLater` if another process computes the same, `inputOutput`.
  init(beside output: String, identity: String) throws {
    let (name, parent) = ((output as NSString).lastPathComponent, (output as NSString).deletingLastPathComponent)
    let own = ".\(name).parts-\(FileHash.hex(of: Data(identity.utf8)).prefix(16))"
    folder = (parent as NSString).appendingPathComponent(own)
    try AtomicFile.makeDirectory(folder)
    lock = try FileLock(path: (folder as NSString).appendingPathComponent("lock"), holder: "making \(output)")
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent.isEmpty ? "." : parent)) ?? []
    where entry.hasPrefix(".\(name).parts-") && entry != own {
      try? FileManager.default.removeItem(atPath: (parent as NSString).appendingPathComponent(entry))
    }
  }

  /// The bytes of a part; computed only if they are not there.
  ///
  /// - Parameter size: bytes that the part must have.
  func part(_ index: Int, size: Int, compute: () throws -> [UInt8]) throws -> [UInt8] {
    let path = (folder as NSString).appendingPathComponent("part-\(index)")
    if let data = FileManager.default.contents(atPath: path), data.count == size { return [UInt8](data) }
    let bytes = try compute()
    precondition(bytes.count == size, "PartStore: part \(index) has \(bytes.count) bytes, not \(size)")
    try AtomicFile.write(Data(bytes), to: path)
    return bytes
  }

  /// Deletes all parts, once the result is complete.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
