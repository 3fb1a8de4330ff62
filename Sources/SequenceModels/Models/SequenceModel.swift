import Arrays
import Operations

/// What can be trained: a differentiable map from a batch of sequences to numbers. What only some models can do is a protocol of its own
/// (`ModelCapabilities`), asked for by name.
package protocol SequenceModel: AnyObject {
  /// What the backward pass needs of a forward pass.
  associatedtype Cache

  /// In a fixed order, which checkpoints and optimisers rely on.
  var parameters: ParameterSet { get }
  var buffers: [ModelBuffer] { get }

  /// - Parameter lengths: valid steps of each sequence; nil when all are full.
  func forward(_ input: SequenceInput, lengths: Integers?, pass: inout Pass) -> (output: Tensor, cache: Cache)

  /// Adds the gradients of every parameter.
  ///
  /// - Precondition: `cache` comes from a training pass.
  func backward(outputGradient: Tensor, cache: Cache)
}

extension SequenceModel {
  /// Parameters that change the output of a pass through `probe`.
  package func parameters(through probe: Probe) -> ParameterSet { (self as? any Probeable)?.parametersUsed(by: probe) ?? parameters }

  package func clearGradients() { parameters.gradients.fill(0) }

  /// The output alone.
  package func output(of input: SequenceInput, lengths: Integers?, through probe: Probe = .whole) -> Tensor {
    var pass = Pass.evaluation(through: probe)
    return forward(input, lengths: lengths, pass: &pass).output
  }

  /// Sets the gradients of every parameter to those of a loss that is a sum over sequences, in parts where the batch is cut.
  ///
  /// - Parameter gradient: the gradient of the batch's loss with respect to an output, computed from the output; with the sequences that it
  ///   belongs to, or nil for the whole batch.
  package func differentiate(
    _ input: SequenceInput, lengths: Integers?, pass: inout Pass, gradient: (Tensor, Range<Int>?) throws -> Tensor
  ) rethrows {
    clearGradients()
    guard let parts = (self as? any CutsBatches)?.parts(of: input, through: pass.probe) else {
      return try differentiateWhole(input, lengths: lengths, pass: &pass) { try gradient($0, nil) }
    }
    for part in parts {
      let (output, cache) = forward(input[part], lengths: lengths?[part], pass: &pass)
      backward(outputGradient: try gradient(output, part), cache: cache)
    }
  }

  /// Adds the gradients of every parameter to those that there are, in one pass over the whole batch.
  package func differentiateWhole(
    _ input: SequenceInput, lengths: Integers?, pass: inout Pass, gradient: (Tensor) throws -> Tensor
  ) rethrows {
    let (output, cache) = forward(input, lengths: lengths, pass: &pass)
    backward(outputGradient: try gradient(output), cache: cache)
  }

  /// Parameters and buffers under their PyTorch-style names, for a safetensors file.
  package var weightEntries: [SafetensorsEntry] { arrays.map { SafetensorsEntry($0.name, $0.tensor.downloaded()) } }

  /// Overwrites parameters and buffers by the arrays of a file; nothing changes unless all fit.
  ///
  /// - Throws: `StageError` (`badData`) if a name is missing or unknown or a shape differs: the file is of another model.
  package func loadWeights(from path: String) throws {
    try TensorFile.load(arrays, from: try SafetensorsFile(path: path), path: path)
  }

  private var arrays: [(name: String, tensor: Tensor)] {
    parameters.map { ($0.name, $0.value) } + buffers.map { ($0.name, $0.value) }
  }
}
