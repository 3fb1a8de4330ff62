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
    guard Self.acquire(descriptor) else {
      close(descriptor)
      throw StageError(
        .retryLater, "another process is \(holder)", where: path, why: "it holds the lock", fix: "wait for its end, or stop it")
    }
  }

  /// The same, but waits while another process holds it.
  ///
  /// - Parameter report: called once with a line for the user, before it begins to wait.
  /// - Returns: the lock, and whether it had to wait: then the other process may have done the work.
  /// - Throws: `StageError` (`inputOutput`) if the file cannot be made.
  package static func waiting(
    path: String, holder: String, report: (String) -> Void
  ) throws -> (lock: FileLock, hasWaited: Bool) {
    var hasWaited = false
    while true {
      do {
        return (try FileLock(path: path, holder: holder), hasWaited)
      } catch let error as StageError where error.code == .retryLater {
        if !hasWaited { report("waiting, because \(error.what)") }
        hasWaited = true
        usleep(200_000)
      }
    }
  }

  deinit { close(descriptor) }

  /// Whether some process holds the lock of a file now; the file is not made.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Tries twice, because `isHeld` of another process holds the lock for a moment.
  private static func acquire(_ descriptor: Int32) -> Bool {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    usleep(20_000)
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}
