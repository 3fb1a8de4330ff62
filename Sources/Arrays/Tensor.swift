/// A dense array of 32-bit floats in row-major order: a handle, so copies of the reference share the values.
///
/// Where the values live is known to the layer `Operations` alone; everything above moves them in and out with `values`.
package final class Tensor: @unchecked Sendable {
  /// Sizes from the slowest axis to the fastest; empty for a single number.
  package let shape: [Int]
  /// The product of `shape`.
  package let count: Int
  /// The values, 64-byte aligned. For `Operations`, tests and file formats only.
  package let elements: UnsafeMutablePointer<Float>
  /// The tensor whose memory this one looks at, for another shape of the same values.
  private let owner: Tensor?
  private let block: BufferPool.Block

  /// Makes a tensor whose values are undefined until something writes them.
  ///
  /// - Precondition: no size is negative.
  package init(uninitialized shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "Tensor: negative size in shape \(shape)")
    self.shape = shape
    count = shape.reduce(1, *)
    block = BufferPool.shared.take(byteCount: count * MemoryLayout<Float>.stride)
    elements = block.pointer.bindMemory(to: Float.self, capacity: count)
    owner = nil
  }

  private init(sharing owner: Tensor, shape: [Int]) {
    self.shape = shape
    count = owner.count
    elements = owner.elements
    block = owner.block
    self.owner = owner
  }

  deinit {
    if owner == nil { BufferPool.shared.give(block) }
  }

  /// The same values under another shape; both handles share them.
  ///
  /// - Precondition: the product of `shape` is `count`.
  package func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "Tensor: \(self.shape) cannot be read as \(shape)")
    return Tensor(sharing: self, shape: shape)
  }

  /// - Precondition: `values.count` is the product of `shape`.
  package convenience init(_ shape: [Int], values: [Float]) {
    self.init(uninitialized: shape)
    setValues(values)
  }

  package convenience init(_ shape: [Int], filledWith value: Float) {
    self.init(uninitialized: shape)
    elements.update(repeating: value, count: count)
  }

  package static func zeros(_ shape: [Int]) -> Tensor { Tensor(shape, filledWith: 0) }

  package static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }

  /// A copy of all values in row-major order.
  package func values() -> [Float] { Array(UnsafeBufferPointer(start: elements, count: count)) }

  /// Overwrites all values.
  ///
  /// - Precondition: `values.count == count`.
  package func setValues(_ values: [Float]) {
    precondition(values.count == count, "Tensor: \(values.count) values for shape \(shape)")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { elements.update(from: base, count: count) }
    }
  }

  package func fill(_ value: Float) { elements.update(repeating: value, count: count) }

  /// A copy of some of the slices along the first axis.
  package func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[0], "Tensor: rows \(range) of shape \(shape)")
    let result = Tensor(uninitialized: [range.count] + shape.dropFirst())
    if range.count > 0 { result.elements.update(from: elements + range.lowerBound * (count / shape[0]), count: result.count) }
    return result
  }

  /// An independent tensor with the same values.
  package func copy() -> Tensor {
    let result = Tensor(uninitialized: shape)
    result.elements.update(from: elements, count: count)
    return result
  }
}
