import Arrays
import Operations

/// A model of which a pass may leave out parts: see `Probe`.
package protocol Probeable: SequenceModel {
  /// Parameters that change the output of a pass through `probe`.
  func parametersUsed(by probe: Probe) -> ParameterSet
}

/// A model that takes a large batch of training in parts.
package protocol CutsBatches: SequenceModel {
  /// How to cut a batch of training that one pass should not take as a whole; nil where it may, or where its sequences belong together.
  func parts(of input: SequenceInput, through probe: Probe) -> [Range<Int>]?
}

/// A model in which the samples of a batch may meet in a pass of training, so that the shards of a batch go through it side by side.
package protocol JoinsSamples: SequenceModel {
  /// Whether they do: batch norm makes means over all samples.
  var joinsSamples: Bool { get }

  /// As `forward` of each shard, but what is made of all samples is made of those of all shards.
  func forward(_ shards: inout [BatchShard], joining: ShardJoin) -> [(output: Tensor, cache: Cache)]

  /// As `backward` of each shard.
  func backward(outputGradients: [Tensor], caches: [Cache], joining: ShardJoin)
}

/// A model whose layers convolve with kernels.
package protocol HasKernels: SequenceModel {
  /// Steps of what the layers read, for samples of so many steps.
  func kernelLength(sequenceLength: Int) -> Int

  /// The impulse response of each layer, shape [directions, H, length].
  func kernels(length: Int) -> [HostArray]
}

extension HasKernels {
  package func kernelLength(sequenceLength: Int) -> Int { sequenceLength }
}

/// A model whose systems can be changed by the numbers that define them.
package protocol HasSystemValues: SequenceModel {
  /// In a fixed order, layer by layer.
  var systemValues: [SystemValues] { get }
}

/// A model of one bank of systems, which trains their poles.
package protocol HasPoles: SequenceModel {
  /// λ of every mode, channel by channel, one pole of each conjugate pair.
  var poles: [BankModel.Pole] { get }
}

/// A model that goes on from some frames of a video by itself.
package protocol GeneratesFrames: SequenceModel {
  /// The next frame at each step, and the states after the last one.
  ///
  /// - Parameters:
  ///   - frames: shape [B, T, channels, height, width].
  ///   - states: before the first frame; nil at the start of a video.
  func predict(_ frames: Tensor, states: [Tensor]?) -> (output: Tensor, states: [Tensor])

  /// Frames after a context: states are carried on, and each frame made is fed back.
  ///
  /// - Parameters:
  ///   - context: shape [B, T, channels, height, width], at least one frame.
  ///   - count: frames to make, at least one.
  /// - Returns: shape [B, count, channels, height, width], in (−1, 1).
  func generate(after context: Tensor, count: Int) -> Tensor
}
