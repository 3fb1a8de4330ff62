import Arrays
import ComplexModule
import RunSupport
import Vocabulary

/// An array of a model or of a checkpoint in double precision, with finite values, cut into rows.
package struct StoredArray {
  package let name: String
  package let shape: [Int]
  package let values: [Double]
  /// Where it comes from, for messages.
  package let origin: String

  /// - Throws: `StageError` (`badData`) if it holds nothing or a value that is not finite.
  package init(_ name: String, shape: [Int], values: [Double], origin: String) throws {
    (self.name, self.shape, self.values, self.origin) = (name, shape, values, origin)
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw problem("value \(index) is \(values[index])", fix: "use a checkpoint from before the training diverged")
    }
    if values.isEmpty { throw problem("its shape \(shape) holds no value") }
  }

  /// - Throws: `StageError` (`badData`) also if the file does not have it.
  package init(_ name: String, in file: SafetensorsFile, path: String) throws {
    let tensor = try file.tensor(name)
    try self.init(name, shape: tensor.shape, values: try tensor.doubles(), origin: path)
  }

  /// The present values of a parameter.
  init(_ parameter: Parameter) throws {
    let values = parameter.value.downloaded().values().map(Double.init)
    try self.init(parameter.name, shape: parameter.value.shape, values: values, origin: "the model's weights")
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

  /// Complex numbers, whose real and imaginary parts lie on a last axis of two, along the axis before: shape [all other axes][N].
  func complexRows(count: Int? = nil) throws -> [[Complex<Double>]] {
    let axes = shape.dropLast()
    guard shape.count >= 3, shape.last == 2, let last = axes.last, last == count ?? last else {
      throw problem("its shape is \(shape), but [rows, \(count.map(String.init) ?? "modes"), 2] is needed")
    }
    return stride(from: 0, to: values.count, by: 2 * last).map { start in
      (0..<last).map { Complex(values[start + 2 * $0], values[start + 2 * $0 + 1]) }
    }
  }

  /// The time steps that the values stand for.
  func timesteps(_ transform: TimestepTransform) throws -> [Double] {
    try values.map { value in
      let result = transform.value(value)
      guard result > 0, result.isFinite else { throw problem("the value \(value) stands for \(result), which is no time step") }
      return result
    }
  }

  package func problem(_ why: String, fix: String = "compare the names and shapes with docs/checkpoints.md") -> StageError {
    StageError(.badData, "tensor \(name) cannot be used", where: origin, why: why, fix: fix)
  }
}
