import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct FileLockTests {
  @Test("a lock keeps others out until it is released, and a look at it makes no file")
  func lock() throws {
    let path = folder + "/run.lock"
    #expect(!FileLock.isHeld(path))
    do {
      let lock = try FileLock(path: path, holder: "at work")
      #expect(FileLock.isHeld(path))
      let error = #expect(throws: StageError.self) { _ = try FileLock(path: path, holder: "at work") }
      #expect(error?.code == .retryLater && error?.what == "another process is at work")
      withExtendedLifetime(lock) {}
    }
    #expect(!FileLock.isHeld(path))
    _ = try FileLock(path: path, holder: "at work")
  }

  @Test("a folder without locks is named at once, and not taken for another process", arguments: [ENOLCK, EOPNOTSUPP, ENOSYS])
  func unsupported(reason: Int32) throws {
    func fail(_: Int32, _: Int32) -> Int32 {
      errno = reason
      return -1
    }
    let path = folder + "/run.lock"
    var reportCount = 0
    for waits in [false, true] {
      let error = #expect(throws: StageError.self) {
        if waits {
          _ = try FileLock.waiting(path: path, holder: "at work", lock: fail) { _ in reportCount += 1 }
        } else {
          _ = try FileLock(path: path, holder: "at work", lock: fail)
        }
      }
      // Whoever takes it for a lock that is held would wait without end.
      try #require(error?.code == .inputOutput && error?.why.contains(String(cString: strerror(reason))) == true)
      #expect(error?.remedy.contains("local disk") == true && error?.location == path)
    }
    #expect(reportCount == 0)
  }

  @Test("a signal in the middle changes nothing")
  func interrupted() throws {
    var calls = 0
    _ = try FileLock(path: folder + "/run.lock", holder: "at work") { _, _ in
      errno = EINTR
      calls += 1
      return calls < 3 ? -1 : 0
    }
    #expect(calls == 3)
  }
}
