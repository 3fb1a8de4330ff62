import Foundation

/// Who holds a lease: a process, told from all others of all machines.
package struct LeaseOwner: Codable, Sendable, Equatable {
  package var host: String
  package var process: Int32
  /// When the process began, by its system's clock: numbers of processes are used again.
  package var start: String
  /// Of its system: drawn when the system started.
  package var boot: String
  /// Among which processes the number counts: containers on one machine have their own.
  package var numbering: String
  /// Drawn for this lease.
  package var token: String
  /// Whether it also holds the lock beside the lease, where others of its system would find it.
  package var holdsLock: Bool
  /// Seconds between its renewals.
  package var renewal: Double

  /// This process, with a new token.
  package init(holdsLock: Bool, renewal: Double) {
    host = Self.hostName
    process = getpid()
    start = Self.startAndState(of: getpid())?.start ?? ""
    boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?.trimmingCharacters(in: .newlines) ?? ""
    numbering = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    token = UUID().uuidString
    (self.holdsLock, self.renewal) = (holdsLock, renewal)
  }

  /// `process 4711 on node7`.
  package var text: String { "process \(process) on \(host)" }

  /// Whether its process is known to be gone, without waiting for the end of its lease.
  ///
  /// - Parameters:
  ///   - observer: a process that asks.
  ///   - hasLock: whether that one has got the lock beside the lease.
  func isGone(seenBy observer: LeaseOwner, hasLock: Bool) -> Bool {
    guard !boot.isEmpty, boot == observer.boot else { return false }
    guard !numbering.isEmpty, numbering == observer.numbering else { return holdsLock && hasLock }
    if kill(process, 0) != 0 && errno == ESRCH { return true }
    guard let found = Self.startAndState(of: process) else { return false }
    // A dead process stays as a zombie until its parent asks for its end.
    return found.start != start || found.state == "Z" || found.state == "X"
  }

  /// Asks no network, as Foundation's does.
  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    return gethostname(&name, name.count - 1) == 0 ? String(cString: name) : "unknown"
  }

  /// From the line that the system keeps of a process; its name, in brackets, may hold anything.
  private static func startAndState(of process: Int32) -> (start: String, state: Substring)? {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let end = line.lastIndex(of: ")") else {
      return nil
    }
    let fields = line[line.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? (String(fields[19]), fields[0]) : nil
  }
}
