import Arrays
import Operations
import RunSupport
import SequenceModels
import Training

/// One training step of the plain classifier that the peers run: linear encoder, layers of layer norm, S4D with GELU and gate and a
/// residual sum, mean over time, linear decoder, cross entropy, AdamW with an own group for state space parameters; no dropout.
struct BenchmarkStep {
  private let model: SequenceClassifier
  private let optimizer: Optimizer
  private let input: Tensor
  private let labels: [Int32]

  /// What is measured in place of S4D, with the same sizes.
  enum Layer: String, CaseIterable { case s4d, tfb, dfout, hope }

  init(_ shape: BenchmarkShape, layer: Layer, bidirectional: Bool) throws {
    model = try SequenceClassifier(
      ModelConfiguration(
        pipeline: .script, layerCount: shape.layerCount, modelWidth: shape.modelWidth, normalization: .layer, prenorm: true, dropout: 0,
        tiedDropout: true, pooling: .mean, layer: layer.configuration(bidirectional: bidirectional)),
      input: InputDescription(kind: .values(channels: 1), outputCount: shape.classCount), seed: 1)
    optimizer = Optimizer(
      model.parameters, configuration: OptimizerConfiguration(learningRate: 0.001, weightDecay: 0.01, decaysBiasesAndNorms: true))
    var stream = RandomStream(seed: 1, purpose: .testing)
    let count = shape.batchSize * shape.sequenceLength
    input = Tensor([shape.batchSize, 1, shape.sequenceLength], values: (0..<count).map { _ in Float(stream.normal()) })
    labels = (0..<shape.batchSize).map { _ in Int32(stream.integer(below: shape.classCount)) }
  }

  /// The wall time of one step.
  func milliseconds() -> Double {
    let start = ResourceUsage.monotonicSeconds
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    let (logits, cache) = model.forward(.values(input), lengths: nil, pass: &pass)
    model.clearGradients()
    model.backward(outputGradient: CrossEntropy.backward(logits, labels: labels), cache: cache)
    optimizer.step(factor: 1)
    return 1000 * (ResourceUsage.monotonicSeconds - start)
  }
}

extension BenchmarkStep.Layer {
  /// 32 modes a channel; HOPE has as many Markov parameters as d_state, 64.
  fileprivate func configuration(bidirectional: Bool) -> LayerConfiguration {
    switch self {
    case .s4d, .tfb:
      .diagonal(
        DiagonalLayerConfiguration(
          form: .minimal, initialization: .linear, stateSize: 64, timestepTransform: .log, timestepMinimum: 0.001, timestepMaximum: 0.1,
          bidirectional: bidirectional, poleLearningRate: 0.001, timestepLearningRate: 0.001,
          filter: self == .tfb ? FilterConfiguration(weighting: .cyclesPerSample, exponent: 0.5, learningRate: 0.001) : nil))
    case .dfout:
      .dampedFourier(
        DampedFourierLayerConfiguration(
          angles: .synchronized, stateSize: 64, dampingMinimum: 0.001, dampingMaximum: 0.1, bidirectional: bidirectional,
          poleLearningRate: 0.001, dampingLearningRate: 0.001))
    case .hope:
      .hankel(
        HankelLayerConfiguration(
          directions: bidirectional ? .both : .forward, markovCount: 64, timestepTransform: .log, timestepMinimum: 0.001,
          timestepMaximum: 0.1, markovLearningRate: 0.001, timestepLearningRate: 0.001))
    }
  }
}
