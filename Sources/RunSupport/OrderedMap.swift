import Foundation
import Synchronization

/// `transform` of each item, computed on several threads, in the order of the items; the values do not depend on `threadCount`.
///
/// - Parameters:
///   - threadCount: threads at work; all cores if absent.
///   - chunkSize: items fetched at once by a thread: 1 for values that take long, 64 to make the lock cheap for quick ones.
/// - Throws: the error of the first item that failed; the other items are computed all the same.
package func orderedMap<Items: RandomAccessCollection & Sendable, Value: Sendable>(
  _ items: Items, threadCount: Int? = nil, chunkSize: Int = 1, _ transform: @Sendable (Items.Element) throws -> Value
) rethrows -> [Value] {
  let chunkCount = (items.count + chunkSize - 1) / chunkSize
  let workerCount = max(1, min(threadCount ?? ProcessInfo.processInfo.activeProcessorCount, chunkCount))
  let results = Mutex([Result<[Value], any Error>?](repeating: nil, count: chunkCount))
  let next = Atomic<Int>(0)
  return try withoutActuallyEscaping(transform) { transform in
    WorkerPool.shared.run(helperCount: workerCount - 1) {
      while true {
        let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if chunk >= chunkCount { return }
        let result = Result { try items.dropFirst(chunk * chunkSize).prefix(chunkSize).map(transform) }
        results.withLock { $0[chunk] = result }
      }
    }
    return try results.withLock { $0 }.flatMap { try $0?.get() ?? [] }
  }
}
