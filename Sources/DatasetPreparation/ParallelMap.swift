import Dispatch
import Synchronization

/// Computes independent values on several threads.
enum ParallelMap {
  /// `transform(range.lowerBound), …` in order; the result does not depend on `threadCount`.
  ///
  /// - Parameter chunkSize: values fetched at once by a thread; 64 are enough that the lock costs nothing, for expensive ones 1 is.
  /// - Throws: the error of the smallest index that failed.
  static func values<Value: Sendable>(
    _ range: Range<Int>, threadCount: Int, chunkSize: Int = 64, _ transform: @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    let chunkCount = (range.count + chunkSize - 1) / chunkSize
    let results = Mutex<[Int: Result<[Value], any Error>]>([:])
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threadCount, chunkCount))) { _ in
      while true {
        let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if chunk >= chunkCount { return }
        let first = range.lowerBound + chunk * chunkSize
        let result = Result { try (first..<min(first + chunkSize, range.upperBound)).map(transform) }
        results.withLock { $0[chunk] = result }
      }
    }
    let finished = results.withLock { $0 }
    var values: [Value] = []
    values.reserveCapacity(range.count)
    for chunk in 0..<chunkCount { values += try finished[chunk]?.get() ?? [] }
    return values
  }
}
