import Operations
import StateSpace
import Vocabulary

/// A layer with its norm, its dropout and the residual sum.
///
/// Pre-norm: x + drop(layer(norm(x))). Post-norm: norm(x + drop(layer(x))).
struct ResidualBlock {
  private let layer: ConvolutionLayer
  private let normalization: Normalization
  private let isPrenorm: Bool
  private let dropout: LayerDropout

  struct Cache {
    let lengths: Integers?
    let normalization: Normalization.Cache
    let layer: ConvolutionLayer.Cache
    /// The residual sum, which a norm behind it hides; nil for pre-norm, whose output it is.
    let sum: Tensor?
  }

  init(_ index: Int, _ configuration: BlocksSpecification, initializer: inout ParameterInitializer) throws {
    dropout = LayerDropout(probability: configuration.dropout, tied: configuration.tiedDropout, pipeline: configuration.pipeline)
    layer = try ConvolutionLayer(
      "s4_layers.\(index)", configuration.layer, modelWidth: configuration.modelWidth, dropout: dropout, initializer: &initializer)
    normalization = Normalization("norms.\(index)", configuration.normalization, modelWidth: configuration.modelWidth)
    isPrenorm = configuration.prenorm
  }

  var parameters: [Parameter] { layer.parameters + normalization.parameters }
  /// The parameters of the systems and of their skip connection.
  var systemParameters: [Parameter] { layer.systemParameters }
  var buffers: [ModelBuffer] { normalization.buffers }

  /// Rows of a sequence that stay for the backward pass.
  var keptChannels: Int { layer.keptChannels + (isPrenorm ? 0 : normalization.width) }

  func kernel(length: Int) -> Tensor { layer.kernel(length: length) }

  var systemValues: [SystemValues] { layer.systemValues }

  func systems(sequenceLength: Int) throws -> [SystemEntry]? { try layer.systems(sequenceLength: sequenceLength) }

  /// - Parameters:
  ///   - input: [B, H, L]; its memory holds the residual sum afterwards.
  ///   - hasSystems: false replaces the systems by the identity.
  func forward(_ input: Tensor, lengths: Integers?, hasSystems: Bool, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    if isPrenorm {
      let (rows, normCache) = normalization.prepare(input, lengths: lengths, isTraining: pass.isTraining)
      let layerCache = layer.forward(input, normalization: rows, hasSystems: hasSystems, pass: &pass)
      return (input, Cache(lengths: lengths, normalization: normCache, layer: layerCache, sum: nil))
    }
    let layerCache = layer.forward(
      input, normalization: RowNormalization(onlyPadding: lengths), hasSystems: hasSystems, pass: &pass)
    let (output, normCache) = normalization.forward(input, isTraining: pass.isTraining)
    return (output, Cache(lengths: lengths, normalization: normCache, layer: layerCache, sum: input))
  }

  /// Goes back through the block: returns the gradient of its input, and the input itself, which is not kept in between but found again
  /// from the residual sum.
  ///
  /// - Parameters:
  ///   - outputGradient: its memory holds the input's gradient afterwards.
  ///   - output: what `forward` returned; for pre-norm its memory holds the block's input afterwards.
  func backward(outputGradient: Tensor, output: Tensor, cache: Cache) -> (inputGradient: Tensor, input: Tensor) {
    if isPrenorm {
      let rows = normalization.rows(cache.normalization, lengths: cache.lengths)
      let branchGradient = layer.backward(sumGradient: outputGradient, sum: output, normalization: rows, cache: cache.layer)
      if let lengths = cache.lengths { SequencePooling.maskPadding(branchGradient, lengths: lengths) }
      let inputGradient = normalization.backward(
        outputGradient: branchGradient, input: output, cache: cache.normalization, addingTo: outputGradient)
      return (inputGradient, output)
    }
    guard let sum = cache.sum else { preconditionFailure("ResidualBlock: the cache of a post-norm block has no sum") }
    let sumGradient = normalization.backward(outputGradient: outputGradient, input: sum, cache: cache.normalization)
    let branchGradient = layer.backward(
      sumGradient: sumGradient, sum: sum, normalization: RowNormalization(onlyPadding: cache.lengths), cache: cache.layer)
    if let lengths = cache.lengths { SequencePooling.maskPadding(branchGradient, lengths: lengths) }
    return (ElementwiseArithmetic.sum(sumGradient, branchGradient), sum)
  }
}
