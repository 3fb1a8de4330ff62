import Datasets
import RunPlanning
import Runs
import SequenceModels
import Vocabulary

/// A model and a batch whose steps `calibrate` times, one of the catalogue's kinds.
struct CalibrationShape {
  let name: String
  let model: ModelSpecification
  let batchSize: Int
  let sequenceLength: Int
  /// Samples made on the fly for every batch, as the small models' runs do; nil for one batch of random numbers again and again.
  var task: GeneratedTask?

  /// A step of the samples.
  var input: SampleInput {
    switch model {
    case .denoiser: .values(channels: 3)
    case .convS5: .frames(FrameShape(channels: 3, height: side, width: side))
    case .blocks, .wavesRegressor, .delay: .values(channels: 1)
    }
  }

  /// Rows and columns of a frame.
  var side = 0

  var step: StepShape { StepShape(model, batchSize: batchSize, sequenceLength: sequenceLength, input: input) }

  /// Long and short, wide and narrow ones for S4D with batch norm, which tell the parts of a step from each other; for the others a short
  /// and a long one, since all but their kernels is the same; and each small model.
  static let all =
    [
      blocks("small", s4d, batchSize: 32, length: 256, width: 32), blocks("image-reduced", s4d, batchSize: 50, length: 1024, width: 64),
      blocks("image-layer-norm", s4d, batchSize: 50, length: 1024, width: 64, normalization: .layer),
      blocks("image", s4d, batchSize: 16, length: 1024, width: 512), blocks("listops", s4d, batchSize: 8, length: 2048, width: 128),
      blocks("text", s4d, batchSize: 8, length: 4096, width: 256), blocks("pathx-reduced", s4d, batchSize: 16, length: 16_384, width: 32),
      blocks("pathx", s4d, batchSize: 2, length: 16_384, width: 128), blocks("pathx256", s4d, batchSize: 1, length: 65_536, width: 128),
    ]
    + [("tfb", tfb), ("dfout", dfout), ("hope", hope(.forward)), ("hope-both", hope(.both))].flatMap { name, layer in
      [
        blocks("\(name)-short", layer, batchSize: 16, length: 1024, width: 256),
        blocks("\(name)-long", layer, batchSize: 2, length: 16_384, width: 64),
      ]
    } + banks + videos

  static func named(_ name: String) throws -> CalibrationShape {
    if let shape = all.first(where: { $0.name == name }) { return shape }
    throw BenchmarkShape.unknown(name, at: "--shapes", among: all.map(\.name))
  }

  private static func blocks(
    _ name: String, _ layer: LayerSpecification, batchSize: Int, length: Int, width: Int,
    normalization: BlocksSpecification.Normalization = .batch
  ) -> CalibrationShape {
    CalibrationShape(
      name: name,
      model: .blocks(
        BlocksSpecification(
          pipeline: .lightning, layerCount: 2, modelWidth: width, normalization: normalization, prenorm: true, dropout: 0.1,
          tiedDropout: true, pooling: .mean, layer: layer)),
      batchSize: batchSize, sequenceLength: length)
  }

  private static let s4d = diagonal(.full, filter: nil)
  private static let tfb = diagonal(
    .tuned, filter: SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0.5, learningRate: 0.001))

  private static func diagonal(_ form: DiagonalLayerSpecification.Form, filter: SobolevFilterSpecification?) -> LayerSpecification {
    .diagonal(
      DiagonalLayerSpecification(
        form: form, initialization: .linear, stateSize: 64, timestepTransform: .softplus, timestepMinimum: 0.001, timestepMaximum: 0.1,
        bidirectional: true, poleLearningRate: 0.001, timestepLearningRate: 0.001, filter: filter))
  }

  private static let dfout = LayerSpecification.dampedFourier(
    DampedFourierLayerSpecification(
      angles: .synchronized, stateSize: 64, dampingMinimum: 0.001, dampingMaximum: 0.1, bidirectional: true, poleLearningRate: 0.001,
      dampingLearningRate: 0.001))

  private static func hope(_ directions: HankelLayerSpecification.Directions) -> LayerSpecification {
    .hankel(
      HankelLayerSpecification(
        directions: directions, markovCount: 64, timestepTransform: .softplus, timestepMinimum: 0.001, timestepMaximum: 0.1,
        markovLearningRate: 0.001, timestepLearningRate: 0.001))
  }

  /// Few long sequences and more or shorter ones, because kernels are filtered once for a batch.
  private static let banks =
    [(2, 62_832), (16, 62_832)].map { batch, length in
      CalibrationShape(
        name: "waves-\(batch)-\(length)",
        model: .wavesRegressor(
          WavesRegressorSpecification(
            modelWidth: 16, modeCount: 4, frequencyScale: 1, filterExponent: 0.5, filterWeighting: .binsOver10000,
            decayLearningRate: 0.001, frequencyLearningRate: 0.1)),
        batchSize: batch, sequenceLength: length, task: .waves)
    }
    + [8, 64].map { batch in
      CalibrationShape(
        name: "delay-\(batch)-4000",
        model: .delay(
          DelayModelSpecification(
            initialization: .linear, modeCount: 1024, timestep: 0.001, poleLearningRate: 0.001, timestepLearningRate: 0.001)),
        batchSize: batch, sequenceLength: 4000, task: .delay)
    }
    + [(2, 65_536), (16, 65_536), (1, 262_144), (4, 262_144)].map { batch, length in
      CalibrationShape(
        name: "denoising-\(batch)-\(length)",
        model: .denoiser(
          DenoiserSpecification(modeCount: 64, frequencyStep: .pi, filterExponent: 0.5, filterWeighting: .binsOver10000)),
        batchSize: batch, sequenceLength: length)
    }

  /// Small pictures and the paper's, of few frames.
  private static let videos = [
    CalibrationShape(
      name: "video-small",
      model: .convS5(ConvS5Specification(encoderWidths: [32, 64], modelWidth: 64, layerCount: 3, modeCount: 32, groupCount: 8)),
      batchSize: 8, sequenceLength: 16, side: 16),
    CalibrationShape(
      name: "video",
      model: .convS5(ConvS5Specification(encoderWidths: [64, 128, 256], modelWidth: 256, layerCount: 2, modeCount: 128, groupCount: 32)),
      batchSize: 1, sequenceLength: 8, side: 64),
  ]
}
