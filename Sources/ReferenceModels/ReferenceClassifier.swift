import Arrays
import Vocabulary

/// A whole sequence classifier in Double, step by step as the two reference pipelines describe it; slow and plain.
///
/// Every activation is a flat row-major [B, H, L]. Set the values, then ask for logits, or for a pass and its gradients.
///
/// - Source: S4D's reference code: the Lightning pipeline (`src`) and the stand-alone script (`example.py`).
package struct ReferenceClassifier {
  package enum Input {
    /// [B, channels, L].
    case values([Double])
    /// [B, L].
    case tokens([Int32])
  }

  package var specification: BlocksSpecification
  /// Where the next dropout mask is read; nil evaluates: no dropout, running statistics.
  package var dropoutStream: RandomStream?
  /// Under their PyTorch names.
  package var parameters: [String: [Double]] = [:]
  /// `running_mean` and `running_var` of every batch norm; a training pass moves them.
  package var runningStatistics: [String: [Double]] = [:]

  /// The kernel of every layer.
  let kernel: any ReferenceKernel
  let length: Int
  /// Valid steps of each sequence.
  let lengths: [Int]

  package init(_ specification: BlocksSpecification, length: Int, lengths: [Int]) {
    self.specification = specification
    self.length = length
    self.lengths = lengths
    kernel = specification.layer.referenceKernel(modelWidth: specification.modelWidth)
  }

  /// H.
  private var width: Int { specification.modelWidth }

  /// What a pass leaves for the way back.
  package struct Pass {
    /// [B, classes].
    package fileprivate(set) var logits: [Double] = []
    var blocks: [Block] = []
    /// The decoder's input [B, H].
    var pooled: [Double] = []
  }

  struct Block {
    let layer: ReferenceLayer
    let layerInput: [Double]
    let normInput: [Double]
    let activations: ReferenceLayer.Activations
  }

  /// [B, classes].
  package mutating func logits(_ input: Input) -> [Double] { forward(input).logits }

  package mutating func forward(_ input: Input) -> Pass {
    var x = encoded(input)
    if specification.appendsReversal { x = Rows.withReversal(x, length: length) }
    var pass = Pass()
    for index in 0..<specification.layerCount {
      let (block, output) = block(index, x)
      pass.blocks.append(block)
      x = output
    }
    if specification.pipeline == .lightning, specification.prenorm { x = normalized(x, "norm") }
    pass.pooled = ReferencePooling.forward(x, mode: specification.pooling, lengths: validSteps, length: steps)
    pass.logits = mixing("decoder").forward(pass.pooled, length: 1)
    return pass
  }

  /// Steps of the blocks' sequences.
  var steps: Int { specification.appendsReversal ? 2 * length : length }

  private var validSteps: [Int] { lengths.map { specification.appendsReversal ? 2 * $0 : $0 } }

  private func encoded(_ input: Input) -> [Double] {
    switch input {
    case .values(let values): mixing("encoder").forward(values, length: length)
    case .tokens(let tokens):
      ReferenceEmbedding.forward(tokens, batch: lengths.count, length: length, table: parameter("encoder.weight"), width: width)
    }
  }

  /// Pre-norm: x + drop(layer(norm(x))). Post-norm: norm(x + drop(layer(x))). A layer reads zeros where the padding is.
  private mutating func block(_ index: Int, _ input: [Double]) -> (block: Block, output: [Double]) {
    let layer = layer(index)
    let layerInput = withoutPadding(specification.prenorm ? normalized(input, "norms.\(index)") : input)
    let activations = layer.forward(layerInput, length: steps) { values, isBehindGELU in
      // The Lightning pipeline drops before the activation as well.
      specification.pipeline == .lightning || isBehindGELU ? dropped(values, tied: specification.tiedDropout) : values
    }
    // The script drops whole channels of the branch.
    let sum = Rows.sum(input, dropped(activations.output, tied: specification.tiedDropout || specification.pipeline == .script))
    let block = Block(layer: layer, layerInput: layerInput, normInput: specification.prenorm ? input : sum, activations: activations)
    return (block, specification.prenorm ? sum : normalized(sum, "norms.\(index)"))
  }

  private func layer(_ index: Int) -> ReferenceLayer {
    let name = "s4_layers.\(index)"
    return ReferenceLayer(
      convolution: ReferenceConvolution(
        circles: kernel.circles(kernelParameters(index), length: steps), skip: parameter("\(name).D"), width: width,
        readsReversedCopy: kernel.readsReversedCopy), mixing: mixing("\(name).output_linear.0"))
  }

  func kernelParameters(_ index: Int) -> [[Double]] { kernel.parameterNames.map { parameter("s4_layers.\(index).kernel.\($0)") } }

  private func withoutPadding(_ x: [Double]) -> [Double] {
    let valid = validSteps
    return x.enumerated().map { index, value in index % steps < valid[index / (width * steps)] ? value : 0 }
  }

  private mutating func dropped(_ x: [Double], tied: Bool) -> [Double] {
    guard specification.dropout > 0, var stream = dropoutStream else { return x }
    defer { dropoutStream = stream }
    return ReferenceDropout.apply(x, probability: specification.dropout, stream: &stream, valuesPerDecision: tied ? steps : 1)
  }

  private mutating func normalized(_ x: [Double], _ name: String) -> [Double] {
    let norm = norm(name)
    guard specification.normalization == .batch else { return norm.forward(x, length: steps) }
    let running = ReferenceNormalization.Statistics(
      means: runningStatistics["\(name).running_mean", default: []], variances: runningStatistics["\(name).running_var", default: []])
    guard dropoutStream != nil else { return norm.forward(x, statistics: running, length: steps) }
    let moved = running.moved(towards: norm.statistics(x, length: steps), count: x.count / width)
    runningStatistics["\(name).running_mean"] = moved.means
    runningStatistics["\(name).running_var"] = moved.variances
    return norm.forward(x, length: steps)
  }

  func norm(_ name: String) -> ReferenceNormalization {
    ReferenceNormalization(specification.normalization, scale: parameter("\(name).weight"), shift: parameter("\(name).bias"))
  }

  func mixing(_ name: String) -> ReferenceMixing {
    ReferenceMixing(weight: parameter("\(name).weight"), bias: parameter("\(name).bias"))
  }

  private func parameter(_ name: String) -> [Double] {
    guard let values = parameters[name] else { preconditionFailure("ReferenceClassifier: no parameter \(name)") }
    return values
  }
}
