import Arrays
import Operations
import StateSpace
import Vocabulary

/// Encoder, residual blocks, optional last norm, pooling, decoder.
package final class SequenceClassifier: SequenceModel, Probeable, CutsBatches, HasKernels, HasSystems, HasSystemValues {
  package let configuration: BlocksSpecification
  package let input: InputDescription
  /// In a fixed order, which checkpoints and optimisers rely on.
  package let parameters: ParameterSet
  package let buffers: [ModelBuffer]

  /// Bytes that a pass of training may keep before its batch is cut.
  package var passLimit = BatchParts.usualLimit

  private let encoder: Encoder
  private let blocks: [ResidualBlock]
  /// After the last block of a pre-norm Lightning model.
  private let lastNormalization: Normalization?
  private let decoder: OutputHead

  package struct Cache {
    let input: SequenceInput
    let lengths: Integers?
    let blocks: [ResidualBlock.Cache]
    let beforeLastNormalization: Tensor
    let lastNormalization: Normalization.Cache?
    let decoder: OutputHead.Cache
    let length: Int
    let isOfTraining: Bool
  }

  /// Builds a model with initial values drawn from `seed`.
  ///
  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed, or tokens cannot be read as configured.
  package init(_ configuration: BlocksSpecification, input: InputDescription, seed: UInt64) throws {
    var initializer = ParameterInitializer(seed: seed)
    self.configuration = configuration
    self.input = input
    try configuration.checkReversal(input)
    encoder = Encoder(
      input.kind, modelWidth: configuration.modelWidth, appendsReversal: configuration.appendsReversal, initializer: &initializer)
    blocks = try (0..<configuration.layerCount).map { try ResidualBlock($0, configuration, initializer: &initializer) }
    lastNormalization =
      configuration.hasLastNormalization
      ? Normalization("norm", configuration.normalization, modelWidth: configuration.modelWidth) : nil
    decoder = OutputHead(input, modelWidth: configuration.modelWidth, initializer: &initializer)
    parameters = ParameterSet(
      encoder.parameters + blocks.flatMap(\.parameters) + (lastNormalization?.parameters ?? []) + decoder.parameters)
    buffers = blocks.flatMap(\.buffers) + (lastNormalization?.buffers ?? [])
  }

  /// The parameters of blocks and systems that the probe leaves out do not count.
  package func parametersUsed(by probe: Probe) -> ParameterSet {
    let systems = blocks.enumerated().filter { !probe.usesSystems(ofLayer: $0.offset) }.flatMap(\.element.systemParameters)
    return parameters.without(blocks.dropFirst(probe.layerCount ?? blocks.count).flatMap(\.parameters) + systems)
  }

  /// Logits or numbers, shape [B, outputs].
  ///
  /// - Parameter lengths: valid steps of each sequence; nil when all are full.
  package func forward(_ input: SequenceInput, lengths: Integers?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    var activation = encoder.forward(input)
    var caches: [ResidualBlock.Cache] = []
    for (index, block) in blocks.prefix(pass.probe.layerCount ?? blocks.count).enumerated() {
      let (output, cache) = block.forward(
        activation, lengths: lengths, hasSystems: pass.probe.usesSystems(ofLayer: index), pass: &pass)
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
    let pooled = SequencePooling.forward(activation, mode: configuration.pooling, lengths: lengths)
    let (result, decoderCache) = decoder.forward(pooled)
    return (
      result,
      Cache(
        input: input, lengths: lengths, blocks: caches, beforeLastNormalization: beforeLast, lastNormalization: lastCache,
        decoder: decoderCache, length: activation.shape[2], isOfTraining: pass.isTraining)
    )
  }

  /// Adds the gradients of every parameter; those of blocks that the probe of the pass left out stay as they are.
  ///
  /// - Precondition: `cache` comes from a training pass and is used once: the backward pass works in its memory.
  package func backward(outputGradient: Tensor, cache: Cache) {
    precondition(cache.isOfTraining, "SequenceClassifier: the cache is not of a training pass")
    let pooledGradient = decoder.backward(outputGradient: outputGradient, cache: cache.decoder)
    var gradient = SequencePooling.backward(
      outputGradient: pooledGradient, mode: configuration.pooling, lengths: cache.lengths, length: cache.length)
    if let lastNormalization, let lastCache = cache.lastNormalization {
      gradient = lastNormalization.backward(outputGradient: gradient, input: cache.beforeLastNormalization, cache: lastCache)
    }
    var activation = cache.beforeLastNormalization
    for (block, blockCache) in zip(blocks, cache.blocks).reversed() {
      (gradient, activation) = block.backward(outputGradient: gradient, output: activation, cache: blockCache)
    }
    encoder.parameterGradients(outputGradient: gradient, input: cache.input)
  }

  /// Layers keep nearly all of what a pass keeps. The statistics of a batch norm and the documents of a pair belong together.
  package func parts(of input: SequenceInput, through probe: Probe) -> [Range<Int>]? {
    guard configuration.normalization == .layer && self.input.documentCount == 1 else { return nil }
    let length = kernelLength(sequenceLength: input.length)
    let floats = length * blocks.prefix(probe.layerCount ?? blocks.count).reduce(0) { $0 + $1.keptChannels }
    return BatchParts.ranges(count: input.count, bytesOfSequence: floats * MemoryLayout<Float>.size, limit: passLimit)
  }

  package var systemValues: [SystemValues] { blocks.flatMap(\.systemValues) }

  package func systems(sequenceLength: Int) throws -> [SystemEntry]? {
    let length = kernelLength(sequenceLength: sequenceLength)
    let layers = try blocks.enumerated().compactMap { index, block in
      try block.systems(sequenceLength: length)?.map { $0.inLayer(index) }
    }
    return layers.count == blocks.count ? layers.flatMap { $0 } : nil
  }

  /// Twice the steps where the reversal is appended.
  package func kernelLength(sequenceLength: Int) -> Int { configuration.layerLength(sequenceLength) }

  /// The impulse response of each layer, shape [directions, H, length].
  package func kernels(length: Int) -> [HostArray] { blocks.map { $0.kernel(length: length).downloaded() } }
}
