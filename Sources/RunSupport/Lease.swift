import Foundation
import Synchronization

/// Keeps other processes, of any machine that sees the folder, from working on something, as long as its process lives and renews it.
///
/// A file `NAME.lease-N` beside the thing names the owner and is renewed by its time. What was not renewed for `LeaseTimes.limit` seconds, or
/// whose process is known to be gone, is taken over: a process links its own file to the next number, which only one can, looks whether the
/// others are still those that it found, and removes them. Only then it is the owner, and the earlier one, if it wakes up, finds its file gone:
/// two never both find theirs. The lock of the system (`NAME.lock`) is held too where there is one; it keeps out earlier versions, and tells at
/// once of dead processes in other containers of this machine.
package final class Lease: Sendable {
  private let path: String
  private let holder: String
  private let owner: LeaseOwner
  private let file: String
  private let lock: FileLock?
  private let times: LeaseTimes
  private let isLost = Atomic<Bool>(false)
  /// When it was renewed, in milliseconds of this machine's monotonic clock.
  private let renewedAt: Atomic<Int>
  /// Ends the thread that renews.
  private let end = DispatchSemaphore(value: 0)

  /// Looks again so often where another process was faster.
  private static let attempts = 5

  /// - Parameters:
  ///   - path: the thing, usually a folder; files beside it are the lease's.
  ///   - holder: what an owner is doing, for messages.
  ///   - lock: the system's call; tests bring one that fails.
  /// - Throws: `StageError`: `retryLater` if another process has it, `inputOutput` if files cannot be made.
  package init(of path: String, holder: String, times: LeaseTimes? = nil, lock: FileLock.SystemCall = flock) throws {
    let times = try times ?? .current()
    let (lock, isLocked) = try FileLock.ifPossible(path: path + ".lock", lock: lock)
    let owner = LeaseOwner(holdsLock: lock != nil, renewal: times.renewal)
    (self.path, self.holder, self.owner, self.times, self.lock) = (path, holder, owner, times, lock)
    renewedAt = Atomic(Self.milliseconds)
    file = try Self.take(path, holder: holder, owner: owner, hasLock: lock != nil, isLocked: isLocked)
    renewInTheBackground()
  }

  deinit {
    end.signal()
    if case .own = LeaseFile.look(at: file, token: owner.token, renews: false) { unlink(file) }
  }

  /// Who has a lease of a thing now, as far as can be seen without taking it; nil if nobody has.
  ///
  /// - Throws: `StageError` (`inputOutput`) if the folder cannot be read.
  package static func holder(of path: String) throws -> LeaseOwner? { holder(of: path, among: try LeaseFile.all(of: path)) }

  private static func holder(of path: String, among files: [LeaseFile]) -> LeaseOwner? {
    if files.isEmpty { return nil }
    let observer = LeaseOwner(holdsLock: false, renewal: 0)
    return Clock(path).valid(files, seenBy: observer, hasLock: !FileLock.isHeld(path + ".lock")).first?.owner
  }

  /// Whether some process works on a thing now. The lock alone counts only where there is no lease, as of an earlier version: who holds it
  /// may have been stopped long ago.
  package static func isHeld(_ path: String) -> Bool {
    guard let files = try? LeaseFile.all(of: path), !files.isEmpty else { return FileLock.isHeld(path + ".lock") }
    return holder(of: path, among: files) != nil
  }

  /// Looks whether this process still has the lease, as before each result is put into its place.
  ///
  /// - Throws: `StageError`: `retryLater` if another process has it now, `inputOutput` if the file system does not say.
  package func check() throws {
    switch LeaseFile.look(at: file, token: owner.token, renews: false) {
    case .own: return
    case .lost: isLost.store(true, ordering: .relaxed)
    case .unknown(let reason): throw AtomicFile.failure("look at a lease", file, because: String(cString: strerror(reason)))
    }
    throw lossError
  }

  /// The error to end with if another process has taken the lease, as far as this one knows already; renews it if no thread has. Quick, so that
  /// it may be asked in every step.
  package func loss() -> StageError? {
    renewIfDue()
    return isLost.load(ordering: .relaxed) ? lossError : nil
  }

  private var lossError: StageError {
    let now = (try? Self.holder(of: path)) ?? nil
    return StageError(
      .retryLater, "another process has taken over \(holder)", where: path,
      why: "this one, \(owner.text), did not renew its lease for more than \(times.limit.formatted()) s, as if it had been stopped"
        + (now.map { "; now it is \($0.text)" } ?? ""),
      fix: "nothing is lost: the other goes on from the last checkpoint; run the same command again to see the result")
  }

  private func renewInTheBackground() {
    // Where no thread starts, `loss` renews between steps.
    try? SystemThread.start { [weak self, end, interval = times.renewal] in
      while end.wait(timeout: .now() + interval) == .timedOut {
        guard let self else { return }
        self.renew()
      }
    }
  }

  private func renewIfDue() {
    let age = Double(Self.milliseconds - renewedAt.load(ordering: .relaxed)) / 1000
    if age > 1.5 * times.renewal { renew() }
  }

  private func renew() {
    switch LeaseFile.look(at: file, token: owner.token, renews: true) {
    case .own: renewedAt.store(Self.milliseconds, ordering: .relaxed)
    case .lost: isLost.store(true, ordering: .relaxed)
    // Tried again the next time; a result is not put into its place before the file system answers.
    case .unknown: break
    }
  }

  private static var milliseconds: Int { Int(ResourceUsage.monotonicSeconds * 1000) }
}

extension Lease {
  /// Makes the file that is the lease, and removes those that are over.
  ///
  /// - Returns: its path.
  private static func take(_ path: String, holder: String, owner: LeaseOwner, hasLock: Bool, isLocked: Bool) throws -> String {
    for _ in 0..<attempts {
      let found = try LeaseFile.all(of: path)
      if let other = Clock(path).valid(found, seenBy: owner, hasLock: hasLock).first { throw held(path, holder, by: other.owner) }
      // An earlier version, or a process that has just come or is about to end.
      if isLocked && found.isEmpty { break }
      let number = (found.last?.number ?? 0) + 1
      if let made = try LeaseFile.make(of: path, number: number, owner: owner) {
        let others = try LeaseFile.all(of: path).filter { $0.number != number }
        if others.allSatisfy({ other in found.contains { $0.isSame(as: other) } }) {
          for other in others { unlink(other.path) }
          return made.path
        }
        unlink(made.path)
      }
      usleep(.random(in: 5_000...50_000))
    }
    throw held(path, holder, by: nil)
  }

  private static func held(_ path: String, _ holder: String, by owner: LeaseOwner?) -> StageError {
    StageError(
      .retryLater, "another process is \(holder)", where: path, why: owner.map { "\($0.text) holds its lease" } ?? "it holds the lock",
      fix: "wait for its end, or stop it")
  }

  /// Which leases are not over, by the clock of the file system, which is read once, if at all.
  private struct Clock {
    private let path: String

    init(_ path: String) { self.path = path }

    func valid(_ files: [LeaseFile], seenBy observer: LeaseOwner, hasLock: Bool) -> [LeaseFile] {
      let candidates = files.filter { $0.owner?.isGone(seenBy: observer, hasLock: hasLock) != true }
      if candidates.isEmpty { return [] }
      let now = LeaseFile.now(beside: path)
      return candidates.filter { file in
        // A time to come is that of a clock that was set back; whoever lives renews it at once.
        abs(now - file.renewed) <= (file.owner.map { LeaseTimes(renewal: $0.renewal) } ?? .usual).limit
      }
    }
  }
}
