import Arrays
import Operations
import SequenceModels
import Training
import Vocabulary

/// One training step of the plain classifier that the peers run: linear encoder, layers of layer norm, S4D with GELU and gate and a
/// residual sum, mean over time, linear decoder, cross entropy, AdamW with an own group for state space parameters; no dropout.
struct BenchmarkStep {
  let model: SequenceClassifier
  let optimizer: Optimizer
  let input: Tensor
  let labels: [Int32]

  /// What is measured in place of S4D, with the same sizes.
  enum Layer: String, CaseIterable { case s4d, tfb, dfout, hope }

  init(_ shape: BenchmarkShape, layer: Layer, bidirectional: Bool) throws {
    var stream = RandomStream(seed: 1, purpose: .testing)
    let count = shape.batchSize * shape.sequenceLength
    let input = Tensor([shape.batchSize, 1, shape.sequenceLength], values: (0..<count).map { _ in Float(stream.normal()) })
    let labels = (0..<shape.batchSize).map { _ in Int32(stream.integer(below: shape.classCount)) }
    try self.init(
      shape, layer: layer, bidirectional: bidirectional,
      description: InputDescription(kind: .values(channels: 1), outputCount: shape.classCount), input: input, labels: labels)
  }

  /// A step of the shape's model on given data.
  init(
    _ shape: BenchmarkShape, layer: Layer, bidirectional: Bool, description: InputDescription, input: Tensor, labels: [Int32]
  ) throws {
    model = try SequenceClassifier(
      BlocksSpecification(
        pipeline: .script, layerCount: shape.layerCount, modelWidth: shape.modelWidth, normalization: .layer, prenorm: true, dropout: 0,
        tiedDropout: true, pooling: .mean, layer: layer.configuration(modeCount: shape.modeCount, bidirectional: bidirectional)),
      input: description, seed: 1)
    optimizer = Optimizer(
      model, configuration: OptimizerConfiguration(learningRate: 0.001, weightDecay: 0.01, decaysBiasesAndNorms: true))
    self.input = input
    self.labels = labels
  }

  /// One step; returns the loss before it.
  @discardableResult
  func run() -> Double { run(.values(input), lengths: nil, labels: Integers(labels)) }

  @discardableResult
  func run(_ input: SequenceInput, lengths: Integers?, labels: Integers) -> Double {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    var loss = 0.0
    model.differentiate(input, lengths: lengths, pass: &pass) { logits, part in
      let partLabels = part.map { labels[$0] } ?? labels
      loss += CrossEntropy.forward(logits, labels: partLabels).loss * (Double(partLabels.count) / Double(labels.count))
      return CrossEntropy.backward(logits, labels: partLabels, meanCount: labels.count)
    }
    optimizer.step(factor: 1)
    return loss
  }
}

extension BenchmarkStep.Layer {
  fileprivate func configuration(modeCount: Int, bidirectional: Bool) -> LayerSpecification {
    switch self {
    case .s4d, .tfb:
      .diagonal(
        DiagonalLayerSpecification(
          form: .minimal, initialization: .linear, stateSize: 2 * modeCount, timestepTransform: .log, timestepMinimum: 0.001,
          timestepMaximum: 0.1, bidirectional: bidirectional, poleLearningRate: 0.001, timestepLearningRate: 0.001,
          filter: self == .tfb ? SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0.5, learningRate: 0.001) : nil))
    case .dfout:
      .dampedFourier(
        DampedFourierLayerSpecification(
          angles: .synchronized, stateSize: 2 * modeCount, dampingMinimum: 0.001, dampingMaximum: 0.1, bidirectional: bidirectional,
          poleLearningRate: 0.001, dampingLearningRate: 0.001))
    case .hope:
      .hankel(
        HankelLayerSpecification(
          directions: bidirectional ? .both : .forward, markovCount: 2 * modeCount, timestepTransform: .log, timestepMinimum: 0.001,
          timestepMaximum: 0.1, markovLearningRate: 0.001, timestepLearningRate: 0.001))
    }
  }
}
