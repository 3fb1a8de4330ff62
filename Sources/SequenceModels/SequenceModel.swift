import Arrays
import Operations

/// What can be trained: a differentiable map from a batch of sequences to numbers.
package protocol SequenceModel: AnyObject {
  /// What the backward pass needs of a forward pass.
  associatedtype Cache

  /// In a fixed order, which checkpoints and optimisers rely on.
  var parameters: ParameterSet { get }
  var buffers: [ModelBuffer] { get }

  /// Parameters that change the output of a pass through `probe`.
  func parameters(through probe: Probe) -> ParameterSet

  /// - Parameter lengths: valid steps of each sequence; nil when all are full.
  func forward(_ input: SequenceInput, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache)

  /// Adds the gradients of every parameter.
  ///
  /// - Precondition: `cache` comes from a training pass.
  func backward(outputGradient: Tensor, cache: Cache)

  /// How to cut a batch of training that one pass should not take as a whole; nil where it may, or where its sequences belong together.
  func parts(of input: SequenceInput, through probe: Probe) -> [Range<Int>]?

  /// The impulse response of each layer, shape [directions, H, length].
  func kernels(length: Int) -> [HostArray]
}

extension SequenceModel {
  package func parameters(through probe: Probe) -> ParameterSet { parameters }

  package func parts(of input: SequenceInput, through probe: Probe) -> [Range<Int>]? { nil }

  package func clearGradients() { parameters.gradients.fill(0) }

  /// The output alone.
  package func output(of input: SequenceInput, lengths: [Int]?, through probe: Probe = .whole) -> Tensor {
    var pass = Pass.evaluation(through: probe)
    return forward(input, lengths: lengths, pass: &pass).output
  }

  /// Sets the gradients of every parameter to those of a loss that is a sum over sequences, in parts where the batch is cut.
  ///
  /// - Parameter gradient: the gradient of the batch's loss with respect to an output, computed from the output; with the sequences that it
  ///   belongs to, or nil for the whole batch.
  package func differentiate(
    _ input: SequenceInput, lengths: [Int]?, pass: inout Pass, gradient: (Tensor, Range<Int>?) throws -> Tensor
  ) rethrows {
    clearGradients()
    guard let parts = parts(of: input, through: pass.probe) else {
      let (output, cache) = forward(input, lengths: lengths, pass: &pass)
      return backward(outputGradient: try gradient(output, nil), cache: cache)
    }
    for part in parts {
      let (output, cache) = forward(input[part], lengths: lengths.map { Array($0[part]) }, pass: &pass)
      backward(outputGradient: try gradient(output, part), cache: cache)
    }
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
