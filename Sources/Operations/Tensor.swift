import Accelerators
import Arrays

/// A dense array of 32-bit floats in row-major order that operations read and write: a handle, so copies of the reference share the values.
///
/// Where the values live is known to `Operations` alone: in main memory, or as a value of a program under construction, where operations
/// write down what they would do instead of doing it. Everything above moves values in from a `HostArray` and out with `downloaded`.
package final class Tensor: @unchecked Sendable {
  /// Sizes from the slowest axis to the fastest; empty for a single number.
  package let shape: [Int]
  /// The product of `shape`.
  package let count: Int
  var storage: Storage

  enum Storage {
    case host(HostMemory, UnsafeMutablePointer<Float>)
    case recorded(RecordedCell)
  }

  init(_ shape: [Int], storage: Storage) {
    self.shape = shape
    count = shape.reduce(1, *)
    self.storage = storage
  }

  private convenience init(_ shape: [Int], in memory: HostMemory, at elements: UnsafeMutablePointer<Float>) {
    self.init(shape, storage: .host(memory, elements))
  }

  /// The values.
  ///
  /// - Precondition: they lie in main memory.
  var elements: UnsafeMutablePointer<Float> { host.elements }

  private var host: (memory: HostMemory, elements: UnsafeMutablePointer<Float>) {
    guard case .host(let memory, let elements) = storage else {
      preconditionFailure("Tensor: the values \(shape) of a program are known only when it runs")
    }
    return (memory, elements)
  }

  /// Makes a tensor whose values are undefined until something writes them.
  ///
  /// - Precondition: no size is negative.
  package convenience init(uninitialized shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "Tensor: negative size in shape \(shape)")
    let memory = HostMemory(count: shape.reduce(1, *))
    self.init(shape, in: memory, at: memory.start)
  }

  /// Takes a host array as it lies, without a copy: no operation may write into the tensor.
  package convenience init(_ host: HostArray) { self.init(host.shape, in: host.memory, at: host.memory.start) }

  /// - Precondition: `values.count` is the product of `shape`.
  package convenience init(_ shape: [Int], values: [Float]) {
    self.init(uninitialized: shape)
    upload(values)
  }

  package convenience init(_ shape: [Int], filledWith value: Float) {
    self.init(uninitialized: shape)
    fill(value)
  }

  package static func zeros(_ shape: [Int]) -> Tensor { Tensor(shape, filledWith: 0) }

  /// Zeros where the other's values live.
  package static func zeros(like other: Tensor) -> Tensor {
    guard case .recorded(let cell) = other.storage else { return zeros(other.shape) }
    return Tensor(other.shape, storage: .recorded(RecordedCell(cell.program, nil)))
  }

  /// A handle to these values under another shape; both handles share them.
  ///
  /// - Precondition: the product of `shape` is `count`.
  package func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "Tensor: \(self.shape) cannot be read as \(shape)")
    return Tensor(shape, storage: storage)
  }

  /// Some of the values under a shape of their own; both handles share them.
  ///
  /// - Precondition: so many values lie behind `offset`.
  package func slice(from offset: Int, _ shape: [Int]) -> Tensor {
    precondition(offset >= 0 && offset + shape.reduce(1, *) <= count, "Tensor: slice \(shape) from \(offset) of \(self.shape)")
    return Tensor(shape, in: host.memory, at: elements + offset)
  }

  /// A copy of all values in main memory, as they are now.
  package func downloaded() -> HostArray {
    HostArray(shape) { _ = $0.update(fromContentsOf: UnsafeBufferPointer(start: elements, count: count)) }
  }

  /// Overwrites all values by values in main memory.
  ///
  /// - Precondition: `values.count == count`.
  package func upload(_ values: [Float]) {
    precondition(values.count == count, "Tensor: \(values.count) values for shape \(shape)")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { elements.update(from: base, count: count) }
    }
  }

  package func fill(_ value: Float) {
    if case .recorded(let cell) = storage { return cell.fill(value, shape) }
    elements.update(repeating: value, count: count)
  }

  /// Gives memory that no tensor uses back to the system, where what was freed is of sizes that will not be asked for again.
  package static func returnUnusedMemory() { HostMemory.returnUnused() }

  /// A copy of some of the slices along the first axis.
  package func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[0], "Tensor: rows \(range) of shape \(shape)")
    if case .recorded(let cell) = storage { return Tensor(cell.value(shape).slice(axis: 0, range)) }
    let result = Tensor(uninitialized: [range.count] + shape.dropFirst())
    if range.count > 0 { result.elements.update(from: elements + range.lowerBound * (count / shape[0]), count: result.count) }
    return result
  }

  /// An independent tensor with the same values.
  package func copy() -> Tensor {
    if case .recorded(let cell) = storage { return Tensor(cell.value(shape)) }
    let result = Tensor(uninitialized: shape)
    result.set(self)
    return result
  }

  /// Overwrites all values by those of another tensor of the same shape.
  package func set(_ other: Tensor) {
    precondition(other.shape == shape, "Tensor: values of shape \(other.shape) for \(shape)")
    if case .recorded(let cell) = storage { return cell.set(other.value(in: cell.program)) }
    elements.update(from: other.elements, count: count)
  }
}
