import Foundation

/// Keeps other processes out of a folder; the system lets go of it when the process ends, however it ends.
package final class FileLock {
  private let descriptor: Int32

  /// - Parameters:
  ///   - path: the lock's file, made if it does not exist and never removed.
  ///   - holder: what the other process is doing, for the message.
  /// - Throws: `StageError`: `retryLater` if another process holds it, `inputOutput` if the file cannot be made.
  package init(path: String, holder: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw AtomicFile.failure("make a lock", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StageError(
        .retryLater, "another process is \(holder)", where: path, why: "it holds the lock", fix: "wait for its end, or stop it")
    }
  }

  deinit { close(descriptor) }
}
