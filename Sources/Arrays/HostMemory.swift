/// Main memory for 32-bit floats, 64-byte aligned, which the pool takes back after the last reference.
package final class HostMemory: @unchecked Sendable {
  /// The first float. For host arrays and `Operations` only.
  package let start: UnsafeMutablePointer<Float>
  private let block: BufferPool.Block

  /// Makes room for `count` floats, whose values are undefined until something writes them.
  package init(count: Int) {
    block = BufferPool.shared.take(byteCount: count * MemoryLayout<Float>.stride)
    start = block.pointer.bindMemory(to: Float.self, capacity: count)
  }

  /// Gives memory that no array uses back to the system.
  package static func returnUnused() { BufferPool.shared.empty() }

  deinit { BufferPool.shared.give(block) }
}
