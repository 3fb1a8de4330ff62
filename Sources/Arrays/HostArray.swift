/// A dense array of 32-bit floats in main memory, in row-major order: what batches and files hold. It never changes.
package struct HostArray: Sendable {
  /// Sizes from the slowest axis to the fastest; empty for a single number.
  package let shape: [Int]
  /// Where the values lie, the first of them first. For `Operations` only.
  package let memory: HostMemory

  /// The product of `shape`.
  package var count: Int { shape.reduce(1, *) }

  /// Makes an array whose values `write` puts into the memory that it is given.
  ///
  /// - Precondition: no size is negative, and `write` writes every value.
  package init(_ shape: [Int], write: (UnsafeMutableBufferPointer<Float>) -> Void) {
    precondition(shape.allSatisfy { $0 >= 0 }, "HostArray: negative size in shape \(shape)")
    self.shape = shape
    let count = shape.reduce(1, *)
    memory = HostMemory(count: count)
    write(UnsafeMutableBufferPointer(start: memory.start, count: count))
  }

  /// - Precondition: `values.count` is the product of `shape`.
  package init(_ shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "HostArray: \(values.count) values for shape \(shape)")
    self.init(shape) { _ = $0.update(fromContentsOf: values) }
  }

  /// A copy of all values in row-major order.
  package func values() -> [Float] { Array(UnsafeBufferPointer(start: memory.start, count: count)) }

  /// A copy of some of the slices along the first axis.
  package func rows(_ range: Range<Int>) -> HostArray {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[0], "HostArray: rows \(range) of shape \(shape)")
    let size = shape.dropFirst().reduce(1, *)
    return HostArray([range.count] + shape.dropFirst()) {
      _ = $0.update(fromContentsOf: UnsafeBufferPointer(start: memory.start + range.lowerBound * size, count: range.count * size))
    }
  }

  /// The bytes of all values, in row-major order. For `Operations` and files only.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(start: memory.start, count: count * MemoryLayout<Float>.stride))
  }
}
