import Foundation

/// A part of what this machine has, kept for a process until it ends, however it ends.
package final class Reservation: Sendable {
  /// Bytes of a room: of the machine's memory, of a control group's, of a device's.
  package struct Share: Codable, Sendable, Equatable {
    package let room: String
    package let bytes: Int

    package init(room: String, bytes: Int) { (self.room, self.bytes) = (room, bytes) }
  }

  /// What a process has reserved, or waits for.
  package struct Holder: Codable, Sendable, Equatable {
    package var process: Int32
    /// What it is for: a run.
    package var name: String
    package var isWaiting: Bool
    package var shares: [Share]

    package init(process: Int32 = getpid(), name: String, isWaiting: Bool = false, shares: [Share]) {
      (self.process, self.name, self.isWaiting, self.shares) = (process, name, isWaiting, shares)
    }

    /// Its bytes of a room.
    package func bytes(of room: String) -> Int { shares.reduce(0) { $0 + ($1.room == room ? $1.bytes : 0) } }
  }

  /// Those that a newcomer has to leave room for.
  package struct Others: Sendable, Equatable {
    package var running: [Holder]
    /// Waiting for longer: they go first, so that one which needs much is not passed by for ever.
    package var earlier: [Holder]

    package init(running: [Holder] = [], earlier: [Holder] = []) { (self.running, self.earlier) = (running, earlier) }
  }

  package enum Decision: Sendable, Equatable {
    case take([Share])
    /// What it waits for, and why, in words that go on behind "waiting ".
    case wait([Share], String)
  }

  private let file: FileLock
  package let shares: [Share]

  init(_ file: FileLock, _ shares: [Share]) { (self.file, self.shares) = (file, shares) }
}
