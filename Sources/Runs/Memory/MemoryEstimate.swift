import Catalogue
import Datasets
import SequenceModels
import Vocabulary

/// The largest memory of a run, from its sizes: the program, weights, what a pass keeps, batches, and the data's file.
package struct MemoryEstimate {
  /// What is done with a model.
  package enum Use: String, Sendable {
    case training, evaluation
  }

  /// Everything, with as much of the data's file as stays in memory where there is room.
  package var bytes: Double { Self.program + needed + file }
  /// What the process takes once it has read its inputs and must have: weights, batches and passes.
  package var needed: Double { weights + passes }
  /// Weights, gradients, moments and what is copied of them.
  package let weights: Double
  /// Batches, and what a pass over one keeps and works in.
  package let passes: Double
  private let file: Double

  /// Program and libraries, and what `train-model` reads and writes besides: what its smallest runs take.
  private static let program = 58e6
  /// A data set is mapped: the system counts pages that were read, and takes them back where memory is short. So no more than this counts.
  private static let mappedLimit = 1e9
  /// Memory is kept in blocks of eight sizes an octave.
  private static let roundingUp = 1.04

  /// - Parameter ranks: processes that share the run; then it is the memory of each of them.
  package init(_ configuration: ExperimentConfiguration, _ samples: ExpectedSamples, for use: Use = .training, ranks: Int = 1) {
    let description = samples.description
    let length = description.sequenceLength.steps(keepingEvery: (configuration.training.probe ?? .whole).samplingRate)
    let sequences = configuration.training.batchSize * description.documentCount
    // Of training: weights, gradients, two moments; all but the gradients once more while a checkpoint is written. Each shard of a batch has
    // gradients of its own.
    // Of evaluation: weights and gradients, once where they are made and once in their common buffers.
    weights =
      (use == .training ? 28 + 4 * Double(configuration.training.shards ?? 0) : 16) * Double(configuration.parameterCount(of: description))
    // One batch at work and two on their way; of videos the next frames are as large as the frames.
    let arrays = if case .frames = description.target { 2 } else { 1 }
    let batches = 3 * 4 * Double(arrays * sequences * length) * Double(description.input.numberCount)
    func activations(ofTraining isTraining: Bool) -> Double {
      // Shards are divided, and batches of an evaluation are whole.
      let (parts, shards) = isTraining ? (ranks, configuration.training.shards.map { $0 / ranks }) : (1, nil)
      return Self.activations(
        configuration.model, samples, sequences: sequences / parts, shards: shards, length: length,
        keptLayers: isTraining ? configuration.training.probe?.layerCount : 1, isTraining: isTraining)
    }
    let together = activations(ofTraining: use == .training)
    passes = batches + Self.roundingUp * (ranks > 1 ? max(together, activations(ofTraining: false)) : together)
    let records = samples.counts.values.reduce(0, +) * description.documentCount
    file = min(Self.mappedLimit, Double(records) * Double(samples.bytesOfRecord))
  }

  /// Of ConvS5: what is kept of the samples that go forward and back together, and the pictures at work.
  private static func activations(
    _ video: ConvS5Specification, _ shape: StepShape, shards: Int?, numbersOfFrame numbers: Int, isTraining: Bool
  ) -> Double {
    let together =
      isTraining
      ? shards.map { shape.batchSize / $0 }
        ?? video.samplesOfPass(batchSize: shape.batchSize, frameCount: shape.length, keptNumbers: shape.outputs)
      : shape.batchSize
    let frames = together * shape.length
    let pixels = shape.points / (video.reduction * video.reduction)
    let layer = frames * pixels * (5 * video.modelWidth + 2 * video.modeCount)
    let pictures = 10 * min(frames * shape.points, max(shape.points, ConvS5Specification.pixelsAtOnce)) * video.encoderWidths[0]
    let kept = isTraining ? frames * shape.outputs : 0
    // What the decoder gives, and its gradient.
    let answers = 2 * frames * numbers
    return Double(MemoryLayout<Float>.size) * Double(kept + layer + pictures + answers)
  }

  /// What a pass keeps and works in, in bytes; without training it keeps one layer after the other.
  ///
  /// - Parameters:
  ///   - shards: of a batch; they go side by side through a model that joins their samples, else one after the other.
  ///   - keptLayers: nil for all.
  private static func activations(
    _ model: ModelSpecification, _ samples: ExpectedSamples, sequences: Int, shards: Int?, length: Int, keptLayers: Int?, isTraining: Bool
  ) -> Double {
    let shape = StepShape(model, batchSize: sequences, sequenceLength: length, input: samples.description.input)
    if case .convS5(let video) = model {
      return activations(
        video, shape, shards: shards, numbersOfFrame: samples.description.input.numberCount, isTraining: isTraining)
    }
    let row = 4 * Double(shape.length)
    guard let blocks = model.blocks else {
      // What the bank reads, its output and both gradients; kernels, filtered and not, and their gradients.
      return row * Double(4 * shape.batchSize * shape.width + 6 * shape.width)
    }
    let together =
      isTraining
      ? shards.map { blocks.normalization == .batch ? sequences : sequences / $0 }
        ?? blocks.samplesOfPass(batchSize: sequences, sequenceLength: length, documentCount: samples.description.documentCount)
      : sequences
    let layers = keptLayers ?? blocks.layerCount
    // The residual sum and its gradient; behind a last norm its output too. Where the convolution widens its input, that gradient.
    let streams = (blocks.hasLastNormalization ? 3 : 2) * shape.width + (shape.outputs > shape.width ? shape.width : 0)
    let kernels = blocks.layer.kernelRows(modelWidth: blocks.modelWidth)
    return row * Double(together * (layers * blocks.keptChannels + streams) + layers * kernels.kept + kernels.atWork)
  }
}
