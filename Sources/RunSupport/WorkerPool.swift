import Dispatch
import Synchronization

/// Threads that help with work that can be shared, for the life of the process.
///
/// They are `SystemThread`s: where one cannot be started, Dispatch's own would be waited for without end. Helpers are never needed: whoever
/// asks for them works too, and waits only for those that have begun. So work may ask for help in its turn.
package final class WorkerPool: Sendable {
  package static let shared = WorkerPool()

  /// Work to share, held for as long as the caller waits for it.
  private final class Task: Sendable {
    private let body: Mutex<(@Sendable () -> Void)?>
    let helperEnded = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () -> Void) { self.body = Mutex(body) }

    /// Not inlined, so that no reference to the body outlives the call.
    @inline(never)
    func work() { body.withLock { $0 }?() }

    func forgetBody() { body.withLock { $0 = nil } }
  }

  private struct State {
    var threadCount = 0
    /// Each task as often as helpers may still join it.
    var waiting: [Task] = []
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)

  private init() {}

  /// Makes sure that so many helpers are there.
  ///
  /// - Throws: `StageError` (`systemShortage`) if there are fewer and the system starts no more.
  package func start(_ count: Int) throws {
    try state.withLock { state in
      while state.threadCount < count {
        try SystemThread.start { self.help() }
        state.threadCount += 1
      }
    }
  }

  /// Calls `body` on this thread, and at the same time on up to `helperCount` others, fewer if the system starts no more; returns when all
  /// calls have.
  package func run(helperCount: Int, _ body: @Sendable () -> Void) {
    try? start(helperCount)
    withoutActuallyEscaping(body) { body in
      let task = Task(body)
      let invited = state.withLock { state in
        let invited = min(helperCount, state.threadCount)
        state.waiting += repeatElement(task, count: invited)
        return invited
      }
      for _ in 0..<invited { wake.signal() }
      body()
      let late = state.withLock { state in
        let before = state.waiting.count
        state.waiting.removeAll { $0 === task }
        return before - state.waiting.count
      }
      for _ in late..<invited { task.helperEnded.wait() }
      task.forgetBody()
    }
  }

  private func help() {
    while true {
      wake.wait()
      guard let task = state.withLock({ $0.waiting.popLast() }) else { continue }
      task.work()
      task.helperEnded.signal()
    }
  }
}
