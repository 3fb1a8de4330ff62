import Arrays
import RunSupport

extension SequenceClassifier {
  /// Parameters and buffers under their PyTorch-style names, for a safetensors file.
  package var weightEntries: [SafetensorsEntry] {
    parameters.map { SafetensorsEntry($0.name, $0.value) } + buffers.map { SafetensorsEntry($0.name, $0.value) }
  }

  /// Overwrites parameters and buffers by the arrays of a file; nothing changes unless all fit.
  ///
  /// - Throws: `StageError` (`badData`) if a name is missing or unknown or a shape differs: the file is of another model.
  package func loadWeights(from path: String) throws {
    let file = try SafetensorsFile(path: path)
    try TensorFile.load(
      parameters.map { ($0.name, $0.value) } + buffers.map { ($0.name, $0.value) }, from: file, path: path)
  }
}

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
    for (target, values) in zip(targets, values) { target.tensor.setValues(values) }
  }

  private static func mismatch(_ path: String, _ why: String) -> StageError {
    StageError(
      .badData, "the weights are of another model", where: path, why: why,
      fix: "use the configuration that made them, or give an empty output folder")
  }
}
