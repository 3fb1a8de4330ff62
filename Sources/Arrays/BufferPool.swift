import Foundation
import RunSupport
import Synchronization

/// Keeps freed memory of tensors for the next tensor of about the same size.
///
/// A training step frees and asks for the same sizes again and again. Returning them to the system would cost a page
/// fault for every 4 KiB at each use, which took half of a step's time in measurements.
final class BufferPool: Sendable {
  static let shared = BufferPool()

  struct Block: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    fileprivate let size: Int
  }

  private let free = Mutex<[Int: [Block]]>([:])

  /// 64 bytes is a cache line and the widest vector; large blocks start at 2 MiB so that the system may use huge pages.
  private static let hugePage = 2 << 20

  /// Memory for at least `byteCount` bytes; its content is undefined.
  ///
  /// Debug builds fill it with NaN, so that a sum over what nobody wrote shows in every test, not in one of a thousand runs.
  /// A large block may be up to half as large again, so that the smaller half of a batch takes the memory of the other.
  func take(byteCount: Int) -> Block {
    let block = takeUnwritten(byteCount)
    #if DEBUG
      block.pointer.initializeMemory(as: Float.self, repeating: .nan, count: block.size / MemoryLayout<Float>.stride)
    #endif
    return block
  }

  private func takeUnwritten(_ byteCount: Int) -> Block {
    let size = Self.sizeClass(byteCount)
    let known: Block? = free.withLock { free in
      var candidate = size
      repeat {
        if let block = free[candidate]?.popLast() { return block }
        candidate = Self.sizeClass(candidate + 1)
      } while size >= Self.hugePage && candidate <= size + size / 2
      return nil
    }
    if let known { return known }
    var pointer: UnsafeMutableRawPointer?
    let alignment = size >= Self.hugePage ? Self.hugePage : 64
    guard posix_memalign(&pointer, alignment, size) == 0, let pointer else { Self.endWithoutMemory(size) }
    #if os(Linux)
      if size >= Self.hugePage { madvise(pointer, size, MADV_HUGEPAGE) }
    #endif
    return Block(pointer: pointer, size: size)
  }

  /// Computations cannot go on, and none of them could save anything without memory; a run continues from its last checkpoint.
  private static func endWithoutMemory(_ size: Int) -> Never {
    StageError(
      .systemShortage, "out of memory", where: "this process", why: "the system gave no further \(ByteCount.text(size))",
      fix: "run less at once, take a smaller batch, or raise the limit of memory (ulimit -v, control group), and run the command again"
    ).endProcess()
  }

  /// Gives back what `take` returned.
  func give(_ block: Block) { free.withLock { $0[block.size, default: []].append(block) } }

  /// Returns what lies in the pool to the system.
  func empty() {
    let blocks = free.withLock { free in
      defer { free = [:] }
      return free.values.flatMap { $0 }
    }
    for block in blocks { block.pointer.deallocate() }
  }

  /// Rounds up to one of eight steps per octave, so that nearly equal sizes share blocks at a loss of at most an eighth.
  static func sizeClass(_ byteCount: Int) -> Int {
    let bytes = max(64, byteCount)
    let step = max(64, 1 << max(0, (Int.bitWidth - 1 - (bytes - 1).leadingZeroBitCount) - 3))
    return (bytes + step - 1) / step * step
  }
}
