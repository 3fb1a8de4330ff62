import Arrays
import Operations
import RunSupport

/// Reading a safetensors file into tensors that exist already.
package enum TensorFile {
  /// Overwrites the tensors by the arrays of the same names.
  ///
  /// - Throws: `StageError` (`badData`) unless names and shapes agree exactly; then no tensor has changed.
  package static func load(_ targets: [(name: String, tensor: Tensor)], from file: SafetensorsFile, path: String) throws {
    let expected = Set(targets.map(\.name))
    if let unknown = file.names.first(where: { !expected.contains($0) }) {
      throw mismatch(path, "it holds \(unknown), which this model does not have")
    }
    let held = Set(file.names)
    let values = try targets.map { target in
      guard held.contains(target.name) else { throw mismatch(path, "\(target.name) is missing") }
      let array = try file.tensor(target.name)
      guard array.shape == target.tensor.shape else {
        throw mismatch(path, "\(target.name) has shape \(array.shape), the model has \(target.tensor.shape)")
      }
      return try array.floats()
    }
    for (target, values) in zip(targets, values) { target.tensor.upload(values) }
  }

  private static func mismatch(_ path: String, _ why: String) -> StageError {
    StageError(
      .badData, "the weights are of another model", where: path, why: why,
      fix: "use the configuration that made them, or give an empty output folder")
  }
}
