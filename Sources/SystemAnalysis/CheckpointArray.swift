import Arrays
import ComplexModule
import RunSupport

/// A tensor of a checkpoint with finite values, cut into rows.
struct CheckpointArray {
  let name: String
  let shape: [Int]
  let values: [Double]
  private let path: String

  /// - Throws: `StageError` (`badData`) if it is missing or holds a value that is not finite.
  init(_ name: String, in file: SafetensorsFile, path: String) throws {
    let tensor = try file.tensor(name)
    self.name = name
    self.path = path
    shape = tensor.shape
    values = try tensor.doubles()
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw problem("value \(index) is \(values[index])", fix: "use a checkpoint from before the training diverged")
    }
    if values.isEmpty { throw problem("its shape \(shape) holds no value") }
  }

  /// The values along the last axis: shape [all other axes][N].
  ///
  /// - Parameter count: N; nil for any.
  func rows(count: Int? = nil) throws -> [[Double]] {
    guard shape.count >= 2, let last = shape.last, last == count ?? last else {
      throw problem("its shape is \(shape), but [rows, \(count.map(String.init) ?? "modes")] is needed")
    }
    return stride(from: 0, to: values.count, by: last).map { Array(values[$0..<$0 + last]) }
  }

  /// The same of complex numbers, whose real and imaginary parts lie on a last axis of two.
  func complexRows(count: Int? = nil) throws -> [[Complex<Double>]] {
    let axes = shape.dropLast()
    guard shape.count >= 3, shape.last == 2, let last = axes.last, last == count ?? last else {
      throw problem("its shape is \(shape), but [rows, \(count.map(String.init) ?? "modes"), 2] is needed")
    }
    return stride(from: 0, to: values.count, by: 2 * last).map { start in
      (0..<last).map { Complex(values[start + 2 * $0], values[start + 2 * $0 + 1]) }
    }
  }

  func problem(_ why: String, fix: String = "compare the names and shapes with docs/checkpoints.md") -> StageError {
    StageError(.badData, "tensor \(name) cannot be used", where: path, why: why, fix: fix)
  }
}
