import Foundation

/// What the processes of one user have reserved on this machine: a file for each, locked as long as it counts.
///
/// Of a process that has ended, however it ended, the system has let go of the lock: its file counts no more.
package struct ReservationLedger: Sendable {
  package let folder: String

  private static let variable = "SSM_RESERVATIONS"
  private static let microsecondsBetweenLooks: UInt32 = 300_000
  private static let end = ".json"

  /// - Parameter folder: nil for the usual one, which belongs to the machine: what the environment's SSM_RESERVATIONS says, else one of this
  ///   user below `/tmp`. Folders of sessions are not the same for all processes, and go when a session ends.
  package init(folder: String? = nil) {
    let named = ProcessInfo.processInfo.environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
    self.folder = folder ?? named ?? "/tmp/ssm-repro-\(geteuid())"
  }

  /// Reserves what `decide` takes, waiting as long as it says so.
  ///
  /// Nobody else decides at the same time, so what one has taken the next one sees. Of two that wait the first goes first, if it asks for room
  /// that the second one needs.
  ///
  /// - Parameters:
  ///   - name: what it is for, as others are told.
  ///   - interruption: asked while it waits; a non-nil answer ends that.
  ///   - report: called once with a line for the user, before it waits.
  /// - Throws: `StageError`: what `decide` and `interruption` say; `inputOutput` where this machine has no folder to reserve in.
  package func reserve(
    _ name: String, interruption: () -> StageError?, report: (String) -> Void, decide: (Reservation.Others) throws -> Reservation.Decision
  ) throws -> Reservation {
    try makeFolder()
    var noted: Entry?
    while true {
      let (entry, reason) = try together { try look(name, noted, decide) }
      guard let reason else { return Reservation(entry.lock, entry.holder.shares) }
      if noted == nil { report("waiting \(reason)") }
      noted = entry
      usleep(Self.microsecondsBetweenLooks)
      if let interruption = interruption() { throw interruption }
    }
  }

  /// What this process has noted: its place in the line, which only its lock makes count.
  private struct Entry {
    let number: Int
    let lock: FileLock
    let holder: Reservation.Holder
  }

  /// Decides once, and notes it.
  ///
  /// - Returns: why it waits; nil if it does not.
  private func look(
    _ name: String, _ noted: Entry?, _ decide: (Reservation.Others) throws -> Reservation.Decision
  ) throws -> (Entry, String?) {
    let entries = try entries()
    let others = entries.filter { $0.number != noted?.number }
    let decision = try decide(
      Reservation.Others(
        running: others.filter { !$0.holder.isWaiting }.map(\.holder),
        earlier: others.filter { $0.holder.isWaiting && $0.number < noted?.number ?? .max }.map(\.holder)))
    let (shares, reason) =
      switch decision {
      case .take(let shares): (shares, String?.none)
      case .wait(let shares, let words): (shares, words)
      }
    let number = noted?.number ?? 1 + (entries.last?.number ?? 0)
    let lock = try noted?.lock ?? FileLock(path: path(number), holder: "reserving", removesFile: true)
    let holder = Reservation.Holder(name: name, isWaiting: reason != nil, shares: shares)
    if holder != noted?.holder { try write(holder, to: path(number)) }
    return (Entry(number: number, lock: lock, holder: holder), reason)
  }

  /// What is reserved now, the oldest first.
  package func holders() throws -> [Reservation.Holder] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try together { try entries().map(\.holder) }
  }

  private func together<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = try FileLock.waiting(path: "\(folder)/lock", holder: "reserving") { _ in }.lock
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  private func path(_ number: Int) -> String { "\(folder)/\(number)\(Self.end)" }

  /// Those that live, by their numbers. The files of others are removed.
  private func entries() throws -> [(number: Int, holder: Reservation.Holder)] {
    let numbers = try InputFile.names(inFolder: folder).compactMap { $0.hasSuffix(Self.end) ? Int($0.dropLast(Self.end.count)) : nil }
    return try numbers.sorted().compactMap { number in
      let path = path(number)
      guard FileLock.isHeld(path) else {
        unlink(path)
        return nil
      }
      return try read(path).map { (number, $0) }
    }
  }

  /// What a full disk has cut off says nothing.
  private func read(_ path: String) throws -> Reservation.Holder? {
    try? JSONText.decode(Reservation.Holder.self, fromFile: path, madeBy: "the process again")
  }

  /// Into the locked file itself, for another file of its name would have no lock.
  private func write(_ holder: Reservation.Holder, to path: String) throws {
    do {
      try Data(try JSONText.encode(holder).utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw unusable(StageError.systemReason(of: error))
    }
  }

  /// A folder that only this user may change: another one could have made it first.
  private func makeFolder() throws {
    if mkdir(folder, 0o700) != 0 && errno != EEXIST { throw unusable(String(cString: strerror(errno))) }
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw unusable("it is no folder that this user alone may change")
    }
  }

  private func unusable(_ why: String) -> StageError {
    StageError(
      .inputOutput, "cannot note what runs take of this machine", where: folder, why: why,
      fix: "remove it, or name a folder of this machine with the environment variable \(Self.variable)")
  }
}
