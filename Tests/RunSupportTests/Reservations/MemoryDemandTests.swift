import Foundation
import RunSupport
import TestSupport
import Testing

/// Whether memory is there for a newcomer, in numbers of bytes that are easy to add.
@Suite(.temporaryFolder) struct MemoryDemandTests {
  private static let machine = "this machine"

  private func decide(
    _ bytes: Int, free: [(String, Int)], _ others: Reservation.Others = .init(), taken: [Int32: Int] = [:]
  ) throws -> Reservation.Decision {
    let limits = free.map { FreeMemory.Amount(bytes: $0.1, origin: $0.0) }
    let demand = MemoryDemand(bytes: bytes, limits: { limits }, taken: { taken[$0] ?? 0 })
    return try demand.decide(others) { limit in
      StageError(.badConfiguration, "never", where: limit.origin, why: "\(limit.bytes)", fix: "")
    }
  }

  private func holder(_ process: Int32, _ bytes: Int, _ rooms: String...) -> Reservation.Holder {
    .init(process: process, name: "run \(process)", shares: rooms.map { .init(room: $0, bytes: bytes) })
  }

  private func waits(_ decision: Reservation.Decision) -> Bool { if case .wait = decision { true } else { false } }

  @Test("what others were promised and have not yet taken is not free") func promised() throws {
    let others = Reservation.Others(running: [holder(1, 60, Self.machine), holder(2, 20, Self.machine)])
    // 100 bytes before anybody came; the first has taken 40 of its 60, the second more than it said.
    func decision(_ bytes: Int) throws -> Reservation.Decision {
      try decide(bytes, free: [(Self.machine, 35)], others, taken: [1: 40, 2: 25])
    }
    #expect(try decision(15) == .take([.init(room: Self.machine, bytes: 15)]))
    guard case .wait(let shares, let why) = try decision(16) else { return #expect(Bool(false), "16 of 15 bytes") }
    #expect(shares == [.init(room: Self.machine, bytes: 16)])
    #expect(why == "for memory: about 0.0 kB are needed, and this machine has 0.0 kB left beside what run 1 and run 2 need")
    #expect(try waits(decision(100)), "all of it, when both have ended")
    #expect(throws: StageError.self) { try decision(101) }
  }

  @Test("one that fits alone waits, one that never fits does not, and alone nobody waits") func alone() throws {
    #expect(try !waits(decide(100, free: [(Self.machine, 100)])))
    #expect(throws: StageError.self) { try decide(101, free: [(Self.machine, 100)]) }
    #expect(try decide(1, free: []) == .take([]), "where the system says nothing")
  }

  @Test("who waits for much is not passed by those who need little") func earlier() throws {
    let large = Reservation.Others(running: [holder(1, 50, Self.machine)], earlier: [holder(2, 90, Self.machine)])
    #expect(
      try waits(decide(10, free: [(Self.machine, 50)], large, taken: [1: 50])), "10 would fit now, but the large one could not follow")
    let small = Reservation.Others(running: [holder(1, 50, Self.machine)], earlier: [holder(2, 30, Self.machine)])
    #expect(try !waits(decide(10, free: [(Self.machine, 50)], small, taken: [1: 50])), "beside both")
  }

  @Test("a control group has a limit of its own, which those of other groups do not touch") func groups() throws {
    let others = Reservation.Others(running: [holder(1, 40, Self.machine, "the control group /a")])
    let inside = [(Self.machine, 200), ("the control group /a", 50)]
    #expect(try waits(decide(20, free: inside, others)) && !waits(decide(10, free: inside, others)))
    #expect(try !waits(decide(20, free: [(Self.machine, 200), ("the control group /b", 20)], others)))
    let error = #expect(throws: StageError.self) { try decide(60, free: inside, others) }
    #expect(error?.location == "the control group /a")
  }

  @Test("what a process has taken is what comes back when it ends; files are not") func taken() throws {
    try AtomicFile.write("Name:\tx\nRssAnon:\t  100 kB\nRssFile:\t 900 kB\nRssShmem:\t 10 kB\n", to: folder + "/proc/7/status")
    #expect(FreeMemory.taken(by: 7, root: folder) == 110 * 1024 && FreeMemory.taken(by: 8, root: folder) == 0)
    #expect(FreeMemory.taken(by: getpid()) > 1_000_000)
  }
}
