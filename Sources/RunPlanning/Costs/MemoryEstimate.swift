import Catalogue
import Datasets
import SequenceModels
import Vocabulary

/// The largest memory of a run, from its sizes: the program, weights, what a training pass keeps, batches, and the data's file.
package struct MemoryEstimate {
  package let bytes: Double

  /// Program and libraries, and what `train-model` reads and writes besides: what its smallest runs take.
  private static let program = 58e6
  /// A data set is mapped: the system counts pages that were read, and takes them back where memory is short. So no more than this counts.
  private static let mappedLimit = 1e9
  /// Memory is kept in blocks of eight sizes an octave.
  private static let roundingUp = 1.04

  package init(_ configuration: ExperimentConfiguration, _ samples: ExpectedSamples) {
    let description = samples.description
    let length = description.sequenceLength.steps(keepingEvery: (configuration.training.probe ?? .whole).samplingRate)
    let sequences = configuration.training.batchSize * description.documentCount
    // Weights, gradients, two moments; all but the gradients once more while a checkpoint is written.
    let weights = 28 * Double(configuration.expectedParameterCount ?? 0)
    // One batch at work and two on their way.
    let batches = 3 * 4 * Double(sequences * length * description.channels)
    let records = samples.counts.values.reduce(0, +) * description.documentCount
    let file = Double(records) * Double(description.sequenceLength * samples.bytesOfStep)
    let activations = Self.activations(configuration.model, samples, sequences: sequences, length: length)
    bytes = Self.program + weights + batches + min(Self.mappedLimit, file) + Self.roundingUp * activations
  }

  /// What a training pass keeps and works in, in bytes.
  private static func activations(_ model: ModelSpecification, _ samples: ExpectedSamples, sequences: Int, length: Int) -> Double {
    let shape = StepShape(model, batchSize: sequences, sequenceLength: length, channels: samples.description.channels)
    let row = 4 * Double(shape.length)
    guard let blocks = model.blocks else {
      // What the bank reads, its output and both gradients; kernels, filtered and not, and their gradients.
      return row * Double(4 * shape.batchSize * shape.width + 6 * shape.width)
    }
    let together = blocks.samplesOfPass(
      batchSize: sequences, sequenceLength: length, documentCount: samples.description.documentCount)
    // The residual sum and its gradient; behind a last norm its output too. Where the convolution widens its input, that gradient.
    let streams = (blocks.hasLastNormalization ? 3 : 2) * shape.width + (shape.outputs > shape.width ? shape.width : 0)
    let kernels = blocks.layer.kernelRows(modelWidth: blocks.modelWidth)
    return row * Double(together * (blocks.layerCount * blocks.keptChannels + streams) + blocks.layerCount * kernels.kept + kernels.atWork)
  }
}
