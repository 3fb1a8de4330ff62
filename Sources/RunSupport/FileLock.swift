import Foundation

/// Keeps other processes out of a folder; the system lets go of it when the process ends, however it ends.
package final class FileLock: Sendable {
  /// `flock`: 0, or -1 with the reason in `errno`.
  package typealias SystemCall = (_ descriptor: Int32, _ operation: Int32) -> Int32

  private let descriptor: Int32
  /// The file to remove at the end; nil to keep it.
  private let removedPath: String?

  /// - Parameters:
  ///   - path: the lock's file, made if it does not exist.
  ///   - holder: what the other process is doing, for the message.
  ///   - removesFile: whether the file goes with the lock; else it stays, which is simpler where nobody minds it.
  ///   - lock: the system's call; tests bring one that fails.
  /// - Throws: `StageError`: `retryLater` if another process holds it, `inputOutput` if the file cannot be made or locked.
  package convenience init(path: String, holder: String, removesFile: Bool = false, lock: SystemCall = flock) throws {
    switch try Self.attempt(path, lock) {
    case .taken(let descriptor): self.init(descriptor: descriptor, removedPath: removesFile ? path : nil)
    case .held:
      throw StageError(
        .retryLater, "another process is \(holder)", where: path, why: "it holds the lock", fix: "wait for its end, or stop it")
    case .refused(let reason):
      throw StageError(
        .inputOutput, "cannot lock a file", where: path, why: "\(String(cString: strerror(reason))): not every file system has locks",
        fix: "use a folder on a local disk")
    }
  }

  private init(descriptor: Int32, removedPath: String?) { (self.descriptor, self.removedPath) = (descriptor, removedPath) }

  /// What network file systems without locks answer.
  private static let absences = [ENOLCK, ENOTSUP, EOPNOTSUPP, ENOSYS, EINVAL]

  /// The lock where it can be had, for those who have another means beside it.
  ///
  /// - Returns: the lock, nil if another process holds it or the file system has none; and whether another process holds it.
  /// - Throws: `StageError` (`inputOutput`) if the file cannot be made or locked for another reason.
  package static func ifPossible(path: String, lock: SystemCall = flock) throws -> (lock: FileLock?, isHeld: Bool) {
    switch try attempt(path, lock) {
    case .taken(let descriptor): (FileLock(descriptor: descriptor, removedPath: nil), false)
    case .held: (nil, true)
    case .refused(let reason) where absences.contains(reason): (nil, false)
    case .refused(let reason): throw AtomicFile.failure("lock a file", path, because: String(cString: strerror(reason)))
    }
  }

  /// Takes the lock, waiting while another process holds it.
  ///
  /// - Parameter report: called once with a line for the user, before it begins to wait.
  /// - Returns: the lock, and whether it had to wait: then the other process may have done the work.
  /// - Throws: `StageError` (`inputOutput`) if the file cannot be made or locked.
  package static func waiting(
    path: String, holder: String, removesFile: Bool = false, lock: SystemCall = flock, report: (String) -> Void
  ) throws -> (lock: FileLock, hasWaited: Bool) {
    var hasWaited = false
    while true {
      do {
        return (try FileLock(path: path, holder: holder, removesFile: removesFile, lock: lock), hasWaited)
      } catch let error as StageError where error.code == .retryLater {
        if !hasWaited { report("waiting, because \(error.what)") }
        hasWaited = true
        usleep(200_000)
      }
    }
  }

  deinit {
    if let removedPath { unlink(removedPath) }
    close(descriptor)
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var (opened, present) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && stat(path, &present) == 0 && opened.st_ino == present.st_ino
      && opened.st_dev == present.st_dev
  }

  /// Whether some process holds the lock of a file now; the file is not made.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private enum Attempt {
    case taken(Int32), held
    /// By the system, for the reason that `errno` said.
    case refused(Int32)
  }

  private static func attempt(_ path: String, _ lock: SystemCall) throws -> Attempt {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw AtomicFile.failure("make a lock", path) }
      let outcome = acquire(descriptor, lock)
      // The last holder may have removed the file between opening and locking; then a third process could lock a new one.
      if case .taken = outcome, isFile(descriptor, at: path) { return outcome }
      close(descriptor)
      if case .taken = outcome { continue }
      return outcome
    }
  }

  /// Tries twice, because `isHeld` of another process holds the lock for a moment.
  private static func acquire(_ descriptor: Int32, _ lock: SystemCall) -> Attempt {
    let first = tryOnce(descriptor, lock)
    guard case .held = first else { return first }
    usleep(20_000)
    return tryOnce(descriptor, lock)
  }

  private static func tryOnce(_ descriptor: Int32, _ lock: SystemCall) -> Attempt {
    while lock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .held
      default: return .refused(errno)
      }
    }
    return .taken(descriptor)
  }
}
