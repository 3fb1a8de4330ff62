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
}
