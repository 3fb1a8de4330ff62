import CFileSystem
import Foundation

/// Writes files so that a reader sees the old content or the new one, never a part.
package enum AtomicFile {
  /// Writes `data` beside `path`, flushes it to the disk and renames it over `path`. Missing folders are made, and what killed processes left
  /// half written in the folder is removed.
  ///
  /// - Throws: `StageError` (`inputOutput`) naming the path and the system's reason.
  package static func write(_ data: Data, to path: String) throws {
    try write(to: path) { append in try data.withUnsafeBytes { try append($0) } }
  }

  /// Writes content that comes in pieces: `body` passes them in order to the function it is given.
  package static func write(to path: String, _ body: (_ append: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try makeDirectory(folder)
    Leftovers.removeFilesOnce(from: folder)
    let side = sidePath(of: path)
    do {
      try flushing(side) { descriptor in
        try body { bytes in
          guard writeAll(bytes, to: descriptor) else { throw failure("write a file", path) }
        }
      }
      try rename(side, to: path)
    } catch {
      unlink(side)
      throw error
    }
  }

  /// Writes text that comes in pieces: `body` passes them in order to the function it is given.
  package static func writeText(to path: String, _ body: (_ append: (String) throws -> Void) throws -> Void) throws {
    try write(to: path) { append in
      try withoutActuallyEscaping(append) { append in
        try body { text in try Data(text.utf8).withUnsafeBytes { try append($0) } }
      }
    }
  }

  package static func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Writes only if the content differs, so that tools which compare times see no change; returns whether it did.
  @discardableResult
  package static func writeIfChanged(_ text: String, to path: String) throws -> Bool {
    try writeIfChanged(Data(text.utf8), to: path)
  }

  @discardableResult
  package static func writeIfChanged(_ data: Data, to path: String) throws -> Bool {
    if FileManager.default.contents(atPath: path) == data { return false }
    try write(data, to: path)
    return true
  }

  /// A path in the same folder that no other process of any machine uses; renaming from it is atomic.
  package static func sidePath(of path: String) -> String {
    let name = (path as NSString).lastPathComponent
    let folder = (path as NSString).deletingLastPathComponent
    return (folder as NSString).appendingPathComponent(".\(name).\(getpid())-\(token).part")
  }

  /// Tells this process from those of other machines and containers, which may have its number.
  private static let token = String(UInt32.random(in: .min ... .max), radix: 16)

  /// Makes a folder and its parents; an empty path is the current folder.
  package static func makeDirectory(_ path: String) throws {
    if path.isEmpty { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw StageError(
        .inputOutput, "cannot make the folder \(path)", where: path, why: StageError.systemReason(of: error),
        fix: "check that its parent exists, is a folder and may be written")
    }
  }

  /// Replaces `path` by `side` (file or folder) and flushes the folder entry, so that the rename survives a crash.
  ///
  /// - Throws: `StageError` (`inputOutput`), and what a `FolderGuard` of the folder throws.
  package static func rename(_ side: String, to path: String) throws {
    try FolderGuard.check(path)
    guard Foundation.rename(side, path) == 0 else { throw failure("rename a finished file", path) }
    flushDirectory((path as NSString).deletingLastPathComponent)
  }

  /// Swaps two files or folders in one step: whoever looks for either name finds it at each moment.
  ///
  /// - Returns: whether the file system can; where it cannot, nothing is changed.
  package static func exchange(_ first: String, _ second: String) -> Bool {
    guard ssm_exchange(first, second) == 0 else { return false }
    flushDirectory((second as NSString).deletingLastPathComponent)
    return true
  }

  /// Asks the disk to keep a folder's entries.
  package static func flushDirectory(_ path: String) {
    let descriptor = open(path.isEmpty ? "." : path, O_RDONLY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The error for a system call that just failed, with `errno`'s text as the reason.
  package static func failure(_ action: String, _ path: String) -> StageError {
    failure(action, path, because: String(cString: strerror(errno)))
  }

  static func failure(_ action: String, _ path: String, because reason: String) -> StageError {
    StageError(
      .inputOutput, "cannot \(action)", where: path, why: reason, fix: "check the path, its permissions and the free space of the disk")
  }

  private static func flushing(_ side: String, _ body: (Int32) throws -> Void) throws {
    let descriptor = open(side, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw failure("write a file", side) }
    defer { close(descriptor) }
    // Tells other machines that this file is no leftover; where locks are not to be had, it is only not told.
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    try body(descriptor)
    guard fsync(descriptor) == 0 else { throw failure("flush a file", side) }
  }
}
