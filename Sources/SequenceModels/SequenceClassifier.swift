import Arrays
import Operations

/// Encoder, residual blocks, optional last norm, pooling, linear decoder.
package final class SequenceClassifier: SequenceModel {
  package let configuration: ModelConfiguration
  package let input: InputDescription
  /// In a fixed order, which checkpoints and optimisers rely on.
  package let parameters: [Parameter]
  package let buffers: [ModelBuffer]

  private let encoder: Encoder
  private let blocks: [ResidualBlock]
  /// After the last block of a pre-norm Lightning model.
  private let lastNormalization: Normalization?
  private let decoderWeight: Parameter
  private let decoderBias: Parameter

  package struct Cache {
    let input: SequenceInput
    let lengths: [Int]?
    let blocks: [ResidualBlock.Cache]
    let beforeLastNormalization: Tensor
    let lastNormalization: Normalization.Cache?
    let pooled: Tensor
    let length: Int
  }

  /// Builds a model with initial values drawn from `seed`.
  ///
  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed, or tokens cannot be read as configured.
  package init(_ configuration: ModelConfiguration, input: InputDescription, seed: UInt64) throws {
    var initializer = ParameterInitializer(seed: seed)
    self.configuration = configuration
    self.input = input
    try configuration.checkReversal(input)
    encoder = Encoder(
      input.kind, modelWidth: configuration.modelWidth, appendsReversal: configuration.appendsReversal, initializer: &initializer)
    blocks = try (0..<configuration.layerCount).map { try ResidualBlock($0, configuration, initializer: &initializer) }
    lastNormalization =
      configuration.prenorm && configuration.pipeline == .lightning
      ? Normalization("norm", configuration.normalization, modelWidth: configuration.modelWidth) : nil
    let decoder = initializer.linear(inputs: configuration.modelWidth, outputs: input.outputCount)
    decoderWeight = Parameter("decoder.weight", .general, value: decoder.weight)
    decoderBias = Parameter("decoder.bias", .biasOrNorm, value: decoder.bias)
    parameters =
      encoder.parameters + blocks.flatMap(\.parameters) + (lastNormalization?.parameters ?? []) + [decoderWeight, decoderBias]
    buffers = blocks.flatMap(\.buffers) + (lastNormalization?.buffers ?? [])
  }

  /// Logits [B, classes].
  ///
  /// - Parameter lengths: valid steps of each sequence; nil when all are full.
  package func forward(_ input: SequenceInput, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    var activation = encoder.forward(input)
    var caches: [ResidualBlock.Cache] = []
    for block in blocks {
      let (output, cache) = block.forward(activation, lengths: lengths, pass: &pass)
      activation = output
      // Evaluation needs no backward pass, so nothing is kept alive for it.
      if pass.isTraining { caches.append(cache) }
    }
    let beforeLast = activation
    var lastCache: Normalization.Cache?
    if let lastNormalization {
      let (output, cache) = lastNormalization.forward(activation, isTraining: pass.isTraining)
      activation = output
      lastCache = cache
    }
    let pooled = SequencePooling.forward(activation, mode: poolingMode, lengths: lengths)
    let logits = ChannelMixing.forward(pooled.reshaped(pooled.shape + [1]), weight: decoderWeight.value, bias: decoderBias.value)
    return (
      logits.reshaped([pooled.shape[0], self.input.outputCount]),
      Cache(
        input: input, lengths: lengths, blocks: caches, beforeLastNormalization: beforeLast, lastNormalization: lastCache, pooled: pooled,
        length: activation.shape[2])
    )
  }

  /// Adds the gradients of every parameter.
  ///
  /// - Precondition: `cache` comes from a training pass.
  package func backward(outputGradient: Tensor, cache: Cache) {
    precondition(cache.blocks.count == blocks.count, "SequenceClassifier: the cache is not of a training pass")
    let pooledShape = cache.pooled.shape
    let pooledGradient = ChannelMixing.backward(
      outputGradient: outputGradient.reshaped(outputGradient.shape + [1]), input: cache.pooled.reshaped(pooledShape + [1]),
      weight: decoderWeight.value, weightGradient: decoderWeight.gradient, biasGradient: decoderBias.gradient)!
    var gradient = SequencePooling.backward(
      outputGradient: pooledGradient.reshaped(pooledShape), mode: poolingMode, lengths: cache.lengths, length: cache.length)
    if let lastNormalization, let lastCache = cache.lastNormalization {
      gradient = lastNormalization.backward(outputGradient: gradient, input: cache.beforeLastNormalization, cache: lastCache)
    }
    for (block, blockCache) in zip(blocks, cache.blocks).reversed() {
      gradient = block.backward(outputGradient: gradient, cache: blockCache)
    }
    encoder.backward(outputGradient: gradient, input: cache.input)
  }

  /// The impulse response of each layer, shape [directions, H, length].
  package func kernels(length: Int) -> [Tensor] { blocks.map { $0.kernel(length: length) } }

  private var poolingMode: SequencePooling.Mode { configuration.pooling == .mean ? .mean : .last }
}
