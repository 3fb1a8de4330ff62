import Catalogue
import Datasets
import Runs
import Testing
import Training
import Vocabulary

/// Expected memory beside peaks that were measured: models of docs/performance.md, on random data without a file.
@Suite struct MemoryEstimateTests {
  struct Measured: Sendable {
    let layer: LayerSpecification
    let batchSize: Int
    let length: Int
    let width: Int
    let layers: Int
    /// MiB.
    let peak: Double
  }

  static func s4d(_ isBoth: Bool, filter: SobolevFilterSpecification? = nil) -> LayerSpecification {
    .diagonal(
      DiagonalLayerSpecification(
        form: .minimal, initialization: .linear, stateSize: 64, timestepTransform: .log, timestepMinimum: 0.001, timestepMaximum: 0.1,
        bidirectional: isBoth, poleLearningRate: 0.001, timestepLearningRate: 0.001, filter: filter))
  }

  static let tfb = s4d(true, filter: SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0.5, learningRate: 0.001))

  static func hope(_ directions: HankelLayerSpecification.Directions) -> LayerSpecification {
    .hankel(
      HankelLayerSpecification(
        directions: directions, markovCount: 64, timestepTransform: .log, timestepMinimum: 0.001, timestepMaximum: 0.1,
        markovLearningRate: 0.001, timestepLearningRate: 0.001))
  }

  static let measured = [
    Measured(layer: s4d(false), batchSize: 16, length: 1024, width: 128, layers: 4, peak: 154),
    Measured(layer: s4d(false), batchSize: 32, length: 2048, width: 128, layers: 6, peak: 692),
    Measured(layer: s4d(false), batchSize: 50, length: 1024, width: 512, layers: 6, peak: 1189),
    Measured(layer: hope(.both), batchSize: 50, length: 1024, width: 512, layers: 6, peak: 1604),
    Measured(layer: s4d(true), batchSize: 16, length: 4096, width: 256, layers: 6, peak: 754),
    Measured(layer: s4d(true), batchSize: 1, length: 65_536, width: 128, layers: 2, peak: 503),
    Measured(layer: tfb, batchSize: 1, length: 65_536, width: 128, layers: 2, peak: 635),
    Measured(layer: hope(.both), batchSize: 2, length: 16_384, width: 128, layers: 6, peak: 617),
  ]

  @Test("the largest memory is within a tenth of what was measured", arguments: measured)
  func peaks(measured: Measured) {
    let model = BlocksSpecification(
      pipeline: .script, layerCount: measured.layers, modelWidth: measured.width, normalization: .layer, prenorm: true, dropout: 0,
      tiedDropout: true, pooling: .mean, layer: measured.layer)
    let configuration = ExperimentConfiguration(
      id: "memory", preset: .paper, data: DataSpecification(family: "cifar10", variant: "gray"), model: .blocks(model),
      training: TrainingConfiguration(
        batchSize: measured.batchSize, epochs: 1,
        optimizer: OptimizerConfiguration(learningRate: 0.001, weightDecay: 0, decaysBiasesAndNorms: true),
        schedule: Schedule(kind: .constant)))
    let samples = ExpectedSamples(
      SampleDescription(input: .values(channels: 1), target: .classes(10), sequenceLength: measured.length),
      counts: [.train: 1000, .validation: 100, .test: 100], bytesOfStep: 0)
    // The benchmark's program is smaller than that of runs.
    let expected = (MemoryEstimate(configuration, samples).bytes - 18e6) / 1_048_576
    #expect(abs(expected / measured.peak - 1) < 0.1, "\(expected) MiB, measured \(measured.peak)")
  }
}
