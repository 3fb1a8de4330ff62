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
  ///   - inputs: of each shard, or of the whole batch, [B, H, L]; their memory holds the residual sums afterwards.
  ///   - hasSystems: false replaces the systems by the identity.
  ///   - join: what joins the shards; nil where there is one, the whole batch.
  func forward(
    _ inputs: [Tensor], of shards: inout [BatchShard], hasSystems: Bool, joining join: ShardJoin?
  ) -> [(output: Tensor, cache: Cache)] {
    let (lengths, isTraining) = (shards.map(\.lengths), shards[0].pass.isTraining)
    let kernel = hasSystems ? layer.kernel(sequenceLength: inputs[0].shape[2], probe: shards[0].pass.probe) : nil
    if isPrenorm {
      let norms = normalization.prepare(inputs, lengths: lengths, isTraining: isTraining, joining: join)
      return inputs.indices.map { index in
        let layerCache = layer.forward(inputs[index], kernel: kernel, normalization: norms[index].rows, pass: &shards[index].pass)
        return (inputs[index], Cache(lengths: lengths[index], normalization: norms[index].cache, layer: layerCache, sum: nil))
      }
    }
    let layerCaches = inputs.indices.map { index in
      layer.forward(
        inputs[index], kernel: kernel, normalization: RowNormalization(onlyPadding: lengths[index]), pass: &shards[index].pass)
    }
    let norms = normalization.forward(inputs, isTraining: isTraining, joining: join)
    return inputs.indices.map { index in
      (
        norms[index].output,
        Cache(lengths: lengths[index], normalization: norms[index].cache, layer: layerCaches[index], sum: inputs[index])
      )
    }
  }

  /// Goes back through the block: returns the gradients of its inputs, and the inputs themselves, which are not kept in between but found
  /// again from the residual sums.
  ///
  /// - Parameters:
  ///   - outputGradients: their memory holds the inputs' gradients afterwards.
  ///   - outputs: what `forward` returned; for pre-norm their memory holds the block's inputs afterwards.
  func backward(
    outputGradients: [Tensor], outputs: [Tensor], caches: [Cache], joining join: ShardJoin?
  ) -> (inputGradients: [Tensor], inputs: [Tensor]) {
    let norms = caches.map(\.normalization)
    if isPrenorm {
      let branchGradients = branchGradients(outputGradients, outputs, caches, join) {
        normalization.rows($0.normalization, lengths: $0.lengths)
      }
      let inputGradients = normalization.backward(
        outputGradients: branchGradients, inputs: outputs, caches: norms, addingTo: outputGradients, joining: join)
      return (inputGradients, outputs)
    }
    let sums = caches.map { cache in
      guard let sum = cache.sum else { preconditionFailure("ResidualBlock: the cache of a post-norm block has no sum") }
      return sum
    }
    let sumGradients = normalization.backward(outputGradients: outputGradients, inputs: sums, caches: norms, joining: join)
    let branchGradients = branchGradients(sumGradients, sums, caches, join) { RowNormalization(onlyPadding: $0.lengths) }
    return (zip(sumGradients, branchGradients).map { ElementwiseArithmetic.sum($0, $1) }, sums)
  }

  /// The gradients of what the branch read, zero in the padding.
  private func branchGradients(
    _ sumGradients: [Tensor], _ sums: [Tensor], _ caches: [Cache], _ join: ShardJoin?, rows: (Cache) -> RowNormalization?
  ) -> [Tensor] {
    caches.enumerated().map { index, cache in
      join?.collect(index)
      let gradient = layer.backward(
        sumGradient: sumGradients[index], sum: sums[index], normalization: rows(cache), cache: cache.layer)
      if let lengths = cache.lengths { SequencePooling.maskPadding(gradient, lengths: lengths) }
      return gradient
    }
  }
}
