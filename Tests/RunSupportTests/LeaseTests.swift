import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct LeaseTests {
  private var path: String { folder + "/run" }

  private func lease(_ lock: FileLock.SystemCall = flock, renewal: Double = 30) throws -> Lease {
    try Lease(of: path, holder: "at work", times: LeaseTimes(renewal: renewal), lock: lock)
  }

  /// A file system without locks.
  private func noLock(_: Int32, _: Int32) -> Int32 {
    errno = ENOLCK
    return -1
  }

  private var names: [String] { get throws { try InputFile.names(inFolder: folder) } }

  /// Writes the lease of another process.
  private func write(number: Int = 1, seconds: Double = 0, _ change: (inout LeaseOwner) -> Void) throws {
    var owner = LeaseOwner(holdsLock: false, renewal: 30)
    change(&owner)
    try AtomicFile.write(try JSONText.encode(owner), to: "\(path).lease-\(number)")
    try age(number, seconds)
  }

  private func age(_ number: Int = 1, _ seconds: Double) throws {
    try FileManager.default.setAttributes([.modificationDate: Date() - seconds], ofItemAtPath: "\(path).lease-\(number)")
  }

  private static func onAnotherMachine(_ owner: inout LeaseOwner) { (owner.boot, owner.host) = ("another", "node7") }

  @Test("a lease keeps others out, names its owner, and leaves nothing but the file of the lock") func held() throws {
    #expect(try Lease.holder(of: path) == nil && !Lease.isHeld(path) && names == [])
    do {
      let lease = try lease()
      #expect(try Lease.holder(of: path)?.process == getpid() && Lease.isHeld(path) && names == ["run.lease-1", "run.lock"])
      let error = stageError { _ = try self.lease() }
      #expect(error?.code == .retryLater && error?.what == "another process is at work")
      #expect(error?.why.contains("process \(getpid()) on ") == true, "\(String(describing: error))")
      try lease.check()
      #expect(lease.loss() == nil)
    }
    #expect(try !Lease.isHeld(path) && names == ["run.lock"])
    _ = try lease()
  }

  @Test(
    "where the file system has no locks the lease alone counts; what else a lock says is an error",
    arguments: [ENOLCK, ENOTSUP, EOPNOTSUPP, ENOSYS, EINVAL, EIO, EACCES])
  func locks(reason: Int32) throws {
    func fail(_: Int32, _: Int32) -> Int32 {
      errno = reason
      return -1
    }
    if [EIO, EACCES].contains(reason) {
      #expect(stageError { _ = try lease(fail) }?.code == .inputOutput)
      return
    }
    do {
      let lease = try lease(fail)
      withExtendedLifetime(lease) { #expect(stageError { _ = try self.lease(fail) }?.code == .retryLater) }
    }
    try lease(fail).check()
  }

  @Test("a lock of an earlier version, which has no lease, keeps others out") func earlierVersion() throws {
    let lock = try FileLock(path: path + ".lock", holder: "at work")
    try withExtendedLifetime(lock) {
      #expect(stageError { _ = try lease() }?.code == .retryLater)
      #expect(Lease.isHeld(path))
      try write(seconds: 1000, Self.onAnotherMachine)
      try lease().check()
    }
  }

  @Test("the lease of a process that is gone is taken at once, one of another machine when it is over") func dead() throws {
    let child = try ChildProcess("/bin/sh", ["-c", "echo $$"], output: .captured, errors: .inherited)
    let gone = try #require(Int32(String(decoding: child.output, as: UTF8.self).trimmingCharacters(in: .newlines)))
    try write { $0.process = gone }
    do {
      let lease = try lease(noLock)
      try lease.check()
      #expect(try names == ["run.lease-2", "run.lock"])
    }
    try write { $0.start = "1" }
    #expect(try Lease.holder(of: path) == nil, "the number of a process is used again")
    try write(Self.onAnotherMachine)
    #expect(stageError { _ = try lease() }?.why == "process \(getpid()) on node7 holds its lease")
    for seconds in [119.0, -119] {
      try age(1, seconds)
      #expect(try Lease.holder(of: path)?.host == "node7")
    }
    for seconds in [125.0, -125] {
      try write(seconds: seconds, Self.onAnotherMachine)
      #expect(try Lease.holder(of: path) == nil, "not renewed, or by a clock that was set back")
      try lease(noLock).check()
    }
    try write(seconds: 3) {
      Self.onAnotherMachine(&$0)
      $0.renewal = 0.5
    }
    try lease().check()
  }

  @Test("a process in another container of this machine is gone if its lock is free") func container() throws {
    try write {
      $0.numbering = "another"
      $0.holdsLock = true
    }
    #expect(stageError { _ = try lease(noLock) }?.code == .retryLater)
    try lease().check()
  }

  @Test("a file that says nothing counts by its time") func unreadable() throws {
    try AtomicFile.write("", to: "\(path).lease-1")
    #expect(stageError { _ = try lease() }?.code == .retryLater)
    try age(1, 125)
    try lease().check()
  }

  @Test("who was stopped for too long finds that another has taken over, and harms nothing") func takenOver() throws {
    var stopped: Lease? = try lease()
    try age(1, 125)
    let next = try lease()
    #expect(try names == ["run.lease-2", "run.lock"])
    let error = stageError { try stopped?.check() }
    #expect(error?.code == .retryLater && error?.what == "another process has taken over at work", "\(String(describing: error))")
    #expect(stopped?.loss() != nil)
    stopped = nil
    try next.check()
    #expect(next.loss() == nil)
  }

  @Test("of many that take over one lease at the same time a single one gets it", arguments: [true, false])
  func together(hasLocks: Bool) throws {
    let path = self.path  // which other threads do not know
    @Sendable func noLock(_: Int32, _: Int32) -> Int32 {
      errno = ENOLCK
      return -1
    }
    for _ in 0..<20 {
      try write(number: 3, seconds: 1000, Self.onAnotherMachine)
      let leases = try orderedMap(0..<8, threadCount: 8) { _ -> Lease? in
        do {
          return try Lease(of: path, holder: "at work", times: LeaseTimes(renewal: 30), lock: hasLocks ? flock : noLock)
        } catch let error as StageError where error.code == .retryLater {
          return nil
        }
      }
      let owners = leases.compactMap { $0 }
      #expect(owners.count == 1)
      for owner in owners { try owner.check() }
    }
  }

  @Test("a lease is renewed, by a thread or between steps") func renewal() throws {
    let lease = try lease(renewal: 0.05)
    for _ in 0..<10 {
      usleep(40_000)
      #expect(try Lease.holder(of: path) != nil)
      #expect(lease.loss() == nil)
    }
  }

  @Test("a folder's guard is asked before each rename into it, and what it refuses is not there") func guarding() throws {
    let refusal = StageError(.retryLater, "no", where: "here", why: "a test", fix: "none")
    try AtomicFile.write("1", to: folder + "/a/b")
    do {
      let guarding = FolderGuard(of: folder + "/a") { throw refusal }
      withExtendedLifetime(guarding) {
        #expect(stageError { try AtomicFile.write("2", to: folder + "/a/b") } == refusal)
        #expect(stageError { try AtomicFile.write("2", to: folder + "/a/c/d") } == refusal)
      }
      try AtomicFile.write("2", to: folder + "/ab")
    }
    #expect(try names == ["a", "ab"] && InputFile.names(inFolder: folder + "/a") == ["b", "c"])
    #expect(FileManager.default.contents(atPath: folder + "/a/b") == Data("1".utf8))
    try AtomicFile.write("2", to: folder + "/a/b")
  }
}
