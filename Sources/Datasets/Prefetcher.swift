import Dispatch
import RunSupport
import Synchronization

/// Prepares the next items on a second thread while the current one is used.
///
/// Items come in the order of their indices, whatever the speed of either side. Only `ahead` items wait at a time. When the prefetcher
/// goes, its thread ends behind the item at hand.
package final class Prefetcher<Item: Sendable> {
  /// Nil where the system starts no thread: then items are prepared when they are asked for.
  private let queue: Queue?
  private let prepare: @Sendable (Int) throws -> Item
  private let end: Int
  private var next: Int
  private var failure: (any Error)?

  /// - Parameters:
  ///   - range: indices of the items.
  ///   - ahead: finished items that may wait, beside the one at hand and the one that is prepared.
  ///   - prepare: makes an item; called on the second thread in the order of the indices, until it throws.
  /// - Precondition: `ahead > 0`.
  package init(_ range: Range<Int>, ahead: Int = 1, prepare: @escaping @Sendable (Int) throws -> Item) {
    precondition(ahead > 0, "Prefetcher: \(ahead) items ahead")
    (next, end) = (range.lowerBound, range.upperBound)
    self.prepare = prepare
    let queue = Queue(ahead: ahead)
    let hasThread = (try? SystemThread.start { queue.fill(range, prepare) }) != nil
    self.queue = hasThread ? queue : nil
  }

  deinit { queue?.stop() }

  /// The next item, or nil behind the last one; waits for it if it is not ready.
  ///
  /// - Throws: what `prepare` threw for this item, and again at every later call.
  package func nextItem() throws -> Item? {
    if let failure { throw failure }
    if next >= end { return nil }
    do {
      let item = try queue.map { try $0.take().get() } ?? prepare(next)
      next += 1
      return item
    } catch {
      failure = error
      throw error
    }
  }

  /// What both threads share.
  private final class Queue: Sendable {
    private let results = Mutex<[Result<Item, any Error>]>([])
    private let isStopped = Atomic<Bool>(false)
    private let filled = DispatchSemaphore(value: 0)
    /// Starts at 0 and is raised, because a semaphore must not end below its first value.
    private let free = DispatchSemaphore(value: 0)

    init(ahead: Int) {
      for _ in 0..<ahead { free.signal() }
    }

    func fill(_ range: Range<Int>, _ prepare: (Int) throws -> Item) {
      for index in range {
        free.wait()
        if isStopped.load(ordering: .acquiring) { return }
        let result = Result { try prepare(index) }
        results.withLock { $0.append(result) }
        filled.signal()
        if case .failure = result { return }
      }
    }

    func take() -> Result<Item, any Error> {
      filled.wait()
      let result = results.withLock { $0.removeFirst() }
      free.signal()
      return result
    }

    func stop() {
      isStopped.store(true, ordering: .releasing)
      free.signal()
    }
  }
}
