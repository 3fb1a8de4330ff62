import CProcessor
import Foundation
import RunSupport
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

  /// Address space that a thread takes, most of which it never touches: its stack of 8 MiB, 64 MiB for the C library's small blocks, and
  /// OpenBLAS's 128 MiB.
  package static let addressSpaceOfThread = 200 << 20

  private static let mostThreads = 4096

  /// Sets how many threads work at once and starts them.
  ///
  /// - Parameter count: nil is one a core, or as many as there is room for.
  /// - Throws: `StageError`: `systemShortage` if the system does not give so many, or no room for them, which OpenBLAS would ask for
  ///   without end; `usage` for a number beyond all machines.
  static func start(threadCount count: Int?) throws {
    let left = FreeMemory.addressSpace
    let wanted = count ?? left.map { max(1, min(threadCount, $0.bytes / addressSpaceOfThread)) } ?? threadCount
    guard wanted <= mostThreads else {
      throw StageError(
        .usage, "\(wanted) threads", where: "--threads", why: "at most \(mostThreads) can work at once",
        fix: "take as many as there are cores")
    }
    let needed = wanted * addressSpaceOfThread
    if let left, left.bytes < needed {
      throw StageError(
        .systemShortage, "there is no room for \(wanted) \(wanted == 1 ? "thread" : "threads")", where: left.origin,
        why: "\(ByteCount.text(needed)) of address space are needed, though little of it is ever touched, and "
          + "\(ByteCount.text(left.bytes)) are left",
        fix: "raise the limit or take it away (ulimit -v unlimited)" + (wanted == 1 ? "" : ", or take fewer --threads"))
    }
    threadCount = wanted
    try WorkerPool.shared.start(wanted - 1)
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
    WorkerPool.shared.run(helperCount: workers - 1) {
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
