import CProcessor
import Dispatch
import Foundation
import Synchronization

/// Work cut into fixed chunks over the processor's cores.
///
/// The chunks depend on the problem alone and each output belongs to one chunk, so results do not depend on `threadCount`.
package enum Parallel {
  private static let threads = Mutex(max(1, ProcessInfo.processInfo.activeProcessorCount))

  /// How many threads work at once; set once at the start of a tool.
  package static var threadCount: Int {
    get { threads.withLock { $0 } }
    set { threads.withLock { $0 = max(1, newValue) } }
  }

  /// Calls `body` once for each of 0 ..< count, in any order and at the same time.
  package static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(threadCount, count)
    if workers <= 1 {
      ssm_flush_denormals_to_zero()
      for index in 0..<count { body(index) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      ssm_flush_denormals_to_zero()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        body(index)
      }
    }
  }

  /// Cuts 0 ..< total into chunks of `size` (the last may be shorter) and calls `body` with the chunk's number and range.
  package static func forEachChunk(of total: Int, size: Int, _ body: @Sendable (Int, Range<Int>) -> Void) {
    let chunkCount = (total + size - 1) / size
    forEach(chunkCount) { chunk in
      body(chunk, chunk * size..<min(total, (chunk + 1) * size))
    }
  }
}

/// A pointer that closures may carry to other threads; the chunks of `Parallel` keep their writes apart.
struct Shared<Value>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Value>
  init(_ pointer: UnsafeMutablePointer<Value>) { self.pointer = pointer }
  subscript(index: Int) -> Value {
    get { pointer[index] }
    nonmutating set { pointer[index] = newValue }
  }
}
