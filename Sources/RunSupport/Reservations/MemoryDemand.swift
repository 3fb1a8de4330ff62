/// Memory that a process is going to take, beside others that have not yet taken all of theirs.
package struct MemoryDemand: Sendable {
  package let bytes: Int
  /// What the machine and each control group of this process have free now.
  let limits: @Sendable () -> [FreeMemory.Amount]
  /// What a process has taken.
  let taken: @Sendable (_ process: Int32) -> Int

  package init(
    bytes: Int, limits: @escaping @Sendable () -> [FreeMemory.Amount] = { FreeMemory.limits() },
    taken: @escaping @Sendable (_ process: Int32) -> Int = { FreeMemory.taken(by: $0) }
  ) {
    (self.bytes, self.limits, self.taken) = (bytes, limits, taken)
  }

  /// Takes it where each limit has room for it and for what others were promised; waits where it has room without them.
  ///
  /// Processes of another control group share only the limits around both.
  ///
  /// - Parameter never: the error for a limit under which it has no room even alone.
  package func decide(_ others: Reservation.Others, never: (FreeMemory.Amount) -> StageError) throws -> Reservation.Decision {
    // Before the limits: what a process gives back in between then counts twice and not never.
    let taken = others.running.map { (holder: $0, bytes: self.taken($0.process)) }
    let limits = limits()
    let shares = limits.map { Reservation.Share(room: $0.origin, bytes: bytes) }
    var reason: String?
    for limit in limits {
      let neighbours = taken.filter { $0.holder.bytes(of: limit.origin) > 0 }
      let promised = neighbours.reduce(0) { $0 + max(0, $1.holder.bytes(of: limit.origin) - $1.bytes) }
      let earlier = others.earlier.filter { $0.bytes(of: limit.origin) > 0 }
      let left = limit.bytes - promised - earlier.reduce(0) { $0 + $1.bytes(of: limit.origin) }
      if bytes <= left { continue }
      if bytes > neighbours.reduce(limit.bytes, { $0 + $1.bytes }) { throw never(limit) }
      let names = (neighbours.map(\.holder) + earlier).map(\.name)
      reason =
        reason
        ?? "for memory: about \(ByteCount.text(Double(bytes))) are needed, and \(limit.origin) has \(ByteCount.text(Double(max(0, left)))) left "
        + "beside what \(Self.list(names)) \(names.count == 1 ? "needs" : "need")"
    }
    return reason.map { .wait(shares, $0) } ?? .take(shares)
  }

  /// `a`, `a and b`, `a, b and 3 more`.
  package static func list(_ names: [String]) -> String {
    switch names.count {
    case 0...1: names.first ?? "nothing"
    case 2: "\(names[0]) and \(names[1])"
    default: "\(names[0]), \(names[1]) and \(names.count - 2) more"
    }
  }
}
