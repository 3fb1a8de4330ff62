import Arrays
import Operations
import StateSpace
import Vocabulary

/// Encoder, residual blocks, optional last norm, pooling, decoder.
package final class SequenceClassifier: SequenceModel, Probeable, CutsBatches, JoinsSamples, HasKernels, HasSystems, HasSystemValues {
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
    var shards = [BatchShard(input, lengths: lengths, pass: pass)]
    defer { pass = shards[0].pass }
    return forward(&shards, nil)[0]
  }

  package func forward(_ shards: inout [BatchShard], joining join: ShardJoin) -> [(output: Tensor, cache: Cache)] {
    forward(&shards, join)
  }

  private func forward(_ shards: inout [BatchShard], _ join: ShardJoin?) -> [(output: Tensor, cache: Cache)] {
    let pass = shards[0].pass
    var activations = shards.map { encoder.forward($0.input) }
    var caches = shards.map { _ in [ResidualBlock.Cache]() }
    for (index, block) in blocks.prefix(pass.probe.layerCount ?? blocks.count).enumerated() {
      let results = block.forward(activations, of: &shards, hasSystems: pass.probe.usesSystems(ofLayer: index), joining: join)
      activations = results.map(\.output)
      // Evaluation needs no backward pass, so nothing is kept alive for it.
      if pass.isTraining { for (shard, result) in results.enumerated() { caches[shard].append(result.cache) } }
    }
    let beforeLast = activations
    let last = lastNormalization?.forward(activations, isTraining: pass.isTraining, joining: join)
    return shards.indices.map { index in
      let (shard, activation) = (shards[index], last?[index].output ?? activations[index])
      let pooled = SequencePooling.forward(activation, mode: configuration.pooling, lengths: shard.lengths)
      let (result, decoderCache) = decoder.forward(pooled)
      return (
        result,
        Cache(
          input: shard.input, lengths: shard.lengths, blocks: caches[index], beforeLastNormalization: beforeLast[index],
          lastNormalization: last?[index].cache, decoder: decoderCache, length: activation.shape[2], isOfTraining: pass.isTraining)
      )
    }
  }

  /// Adds the gradients of every parameter; those of blocks that the probe of the pass left out stay as they are.
  ///
  /// - Precondition: `cache` comes from a training pass and is used once: the backward pass works in its memory.
  package func backward(outputGradient: Tensor, cache: Cache) { backward([outputGradient], [cache], nil) }

  package func backward(outputGradients: [Tensor], caches: [Cache], joining join: ShardJoin) {
    backward(outputGradients, caches, join)
  }

  private func backward(_ outputGradients: [Tensor], _ caches: [Cache], _ join: ShardJoin?) {
    precondition(caches.allSatisfy(\.isOfTraining), "SequenceClassifier: the cache is not of a training pass")
    var gradients = caches.enumerated().map { index, cache in
      join?.collect(index)
      let pooledGradient = decoder.backward(outputGradient: outputGradients[index], cache: cache.decoder)
      return SequencePooling.backward(
        outputGradient: pooledGradient, mode: configuration.pooling, lengths: cache.lengths, length: cache.length)
    }
    var activations = caches.map(\.beforeLastNormalization)
    if let lastNormalization {
      gradients = lastNormalization.backward(
        outputGradients: gradients, inputs: activations, caches: caches.compactMap(\.lastNormalization), joining: join)
    }
    for (index, block) in blocks.prefix(caches[0].blocks.count).enumerated().reversed() {
      (gradients, activations) = block.backward(
        outputGradients: gradients, outputs: activations, caches: caches.map { $0.blocks[index] }, joining: join)
    }
    for (index, cache) in caches.enumerated() {
      join?.collect(index)
      encoder.parameterGradients(outputGradient: gradients[index], input: cache.input)
    }
  }

  package var joinsSamples: Bool { configuration.normalization == .batch }

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
