import Foundation
import RunSupport
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  /// Leaves this process no address space for the stack of another thread.
  private static func forbidThreads() {
    let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = status.split(separator: " ").first.flatMap { rlim_t($0) } ?? 0
    var limit = rlimit(rlim_cur: pages * rlim_t(getpagesize()) + 4 << 20, rlim_max: .max)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }

  @Test("where the system starts no threads a pool says so", .timeLimit(.minutes(1)))
  func shortage() async {
    await #expect(processExitsWith: .exitCode(71)) {
      Self.forbidThreads()
      do { try WorkerPool.shared.start(64) } catch { exit((error as? StageError)?.code.rawValue ?? 1) }
    }
  }

  @Test("and the work is done without them", .timeLimit(.minutes(1)))
  func alone() async {
    await #expect(processExitsWith: .success) {
      Self.forbidThreads()
      exit(orderedMap(0..<1000, threadCount: 64) { $0 * $0 } == (0..<1000).map { $0 * $0 } ? 0 : 1)
    }
  }

  @Test("shared work may share work in its turn, from many threads at once")
  func nested() {
    let sums = orderedMap(0..<20, threadCount: 8) { outer in
      orderedMap(0..<50, threadCount: 8) { inner in orderedMap(0..<3, threadCount: 3) { outer * inner + $0 }.reduce(0, +) }.reduce(0, +)
    }
    #expect(sums == (0..<20).map { outer in (0..<50).reduce(0) { $0 + 3 * outer * $1 + 3 } })
  }

  @Test("helpers work at the same time as the caller, and all have ended when it goes on")
  func together() throws {
    try WorkerPool.shared.start(2)
    for _ in 0..<100 {
      let begun = Atomic<Int>(0)
      let ended = Atomic<Int>(0)
      WorkerPool.shared.run(helperCount: 2) {
        begun.add(1, ordering: .sequentiallyConsistent)
        while begun.load(ordering: .sequentiallyConsistent) < 3 { usleep(10) }
        ended.add(1, ordering: .sequentiallyConsistent)
      }
      #expect(ended.load(ordering: .sequentiallyConsistent) == 3)
    }
  }
}
