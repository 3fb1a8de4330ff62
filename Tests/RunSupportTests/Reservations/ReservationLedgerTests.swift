import Foundation
import RunSupport
import Synchronization
import TestSupport
import Testing

/// What processes reserve; here each reservation has a lock of its own, as those of several processes have.
@Suite(.temporaryFolder) struct ReservationLedgerTests {
  private let ledger: ReservationLedger
  init() { ledger = ReservationLedger(folder: folder + "/ledger") }

  private static let share = Reservation.Share(room: "hall", bytes: 5)

  private typealias Decide = (Reservation.Others) throws -> Reservation.Decision

  private func reserve(_ name: String, _ decide: Decide = { _ in .take([share]) }) throws -> Reservation {
    try ledger.reserve(name, interruption: { nil }, report: { _ in }, decide: decide)
  }

  private static func whenAlone(_ others: Reservation.Others) -> Reservation.Decision {
    others.running.isEmpty ? .take([share]) : .wait([share], "for \(others.running.map { $0.name })")
  }

  @Test("what is taken is seen by the next one, which waits, says so once, and goes on when it is let go") func waiting() throws {
    var first: Reservation? = try reserve("first")
    #expect(try ledger.holders() == [Reservation.Holder(name: "first", shares: [Self.share])])
    var lines: [String] = []
    var looks = 0
    let second = try ledger.reserve("second", interruption: { nil }, report: { lines.append($0) }) { others in
      // It is let go while the second one waits.
      looks += 1
      if looks == 3 { first = nil }
      return Self.whenAlone(others)
    }
    #expect(first == nil && second.shares == [Self.share] && lines == ["waiting for [\"first\"]"])
    #expect(try ledger.holders().map(\.name) == ["second"])
  }

  @Test("who waits for longer goes first") func order() throws {
    var first: Reservation? = try reserve("first")
    var third: Reservation?
    let second = try ledger.reserve(
      "second", interruption: { nil },
      report: { _ in
        third = try? reserve("third") { others in
          #expect(others.running.map(\.name) == ["first"])
          #expect(others.earlier == [Reservation.Holder(name: "second", isWaiting: true, shares: [Self.share])])
          return .take([])
        }
        first = nil
      }
    ) { others in
      #expect(others.earlier.isEmpty, "the third came later")
      return others.running.contains { $0.name == "first" } ? .wait([Self.share], "") : .take([Self.share])
    }
    #expect(third != nil && first == nil)
    #expect(try ledger.holders().map(\.name) == ["second", "third"])
    withExtendedLifetime((second, third)) {}
  }

  @Test("files of processes that have ended, or that a full disk cut off, do not count") func dead() throws {
    try AtomicFile.makeDirectory(ledger.folder)
    chmod(ledger.folder, 0o700)
    let holder = Reservation.Holder(process: 1, name: "dead", shares: [Self.share])
    for (name, text) in [("1.json", try JSONText.encode(holder)), ("2.json", "{\"na"), ("3.json", "")] {
      try AtomicFile.write(text, to: "\(ledger.folder)/\(name)")
    }
    let cut = try FileLock(path: "\(ledger.folder)/3.json", holder: "alive")
    let only = try reserve("only", Self.whenAlone)
    #expect(try ledger.holders().map(\.name) == ["only"])
    #expect(try files(ledger.folder).keys.sorted() == ["1.json", "3.json", "lock"], "those of the dead are gone")
    withExtendedLifetime((cut, only)) {}
  }

  @Test("an interruption ends the wait, and an error the try; neither leaves anything") func interrupted() throws {
    let first = try reserve("first")
    let signal = StageError(.retryLater, "interrupted", where: "here", why: "a signal", fix: "again")
    let error = #expect(throws: StageError.self) {
      try ledger.reserve("second", interruption: { signal }, report: { _ in }, decide: Self.whenAlone)
    }
    #expect(error?.code == .retryLater)
    #expect(throws: StageError.self) { try reserve("third") { _ in throw signal } }
    #expect(try ledger.holders().map(\.name) == ["first"])
    withExtendedLifetime(first) {}
  }

  @Test("a folder that others may change, or that is none, is not used") func foreignFolder() throws {
    try AtomicFile.makeDirectory(ledger.folder)
    chmod(ledger.folder, 0o777)
    #expect(throws: StageError.self) { try reserve("first") }
    try FileManager.default.removeItem(atPath: ledger.folder)
    try AtomicFile.makeDirectory(folder + "/target")
    try FileManager.default.createSymbolicLink(atPath: ledger.folder, withDestinationPath: folder + "/target")
    let error = #expect(throws: StageError.self) { try reserve("first") }
    #expect(error?.code == .inputOutput && error?.location == ledger.folder && error?.remedy.contains("SSM_RESERVATIONS") == true)
    #expect(try files(folder + "/target").isEmpty)
  }

  @Test("of many at once never more hold than there is room for, and all get their turn", .timeLimit(.minutes(1))) func many() throws {
    let present = Mutex(0)
    let most = Mutex(0)
    _ = try orderedMap(0..<9, threadCount: 9) { number in
      let mine = try reserve("run \(number)") { others in
        others.running.count + others.earlier.count < 3 ? .take([Self.share]) : .wait([Self.share], "")
      }
      let count = present.withLock { count in
        count += 1
        return count
      }
      most.withLock { $0 = max($0, count) }
      usleep(50_000)
      present.withLock { $0 -= 1 }
      withExtendedLifetime(mine) {}
    }
    #expect(most.withLock { $0 } <= 3 && present.withLock { $0 } == 0)
    #expect(try ledger.holders().isEmpty)
  }
}
