import Arrays
import Operations
import SequenceModels
import StateSpace
import Testing

/// Directional derivatives of whole models, one parameter array at a time.
@Suite struct ModelGradientTests {
  struct Variant: CustomTestStringConvertible, Sendable {
    var pipeline: ModelConfiguration.Pipeline
    var normalization: ModelConfiguration.Normalization
    var prenorm: Bool
    var pooling: ModelConfiguration.Pooling
    var form: DiagonalLayerConfiguration.Form
    var bidirectional: Bool
    var tokens: Bool
    var dropout = 0.0
    var discretization = Discretization.zeroOrderHold

    var testDescription: String {
      "\(pipeline) \(normalization) \(prenorm ? "pre" : "post") \(pooling) \(form) \(bidirectional ? "bi" : "uni") "
        + "\(tokens ? "tokens" : "values") dropout \(dropout) \(discretization)"
    }

    var configuration: ModelConfiguration {
      ModelConfiguration(
        pipeline: pipeline, layerCount: 2, modelWidth: 6, normalization: normalization, prenorm: prenorm, dropout: dropout,
        tiedDropout: true, pooling: pooling,
        layer: DiagonalLayerConfiguration(
          form: form, initialization: .linear, stateSize: 6, systemCount: form == .full ? 2 : nil, discretization: discretization,
          timestepTransform: form == .full ? .softplus : .log, timestepMinimum: 0.01, timestepMaximum: 0.3, bidirectional: bidirectional,
          poleLearningRate: 0.001, timestepLearningRate: nil))
    }
  }

  static let variants = [
    Variant(
      pipeline: .lightning, normalization: .batch, prenorm: true, pooling: .last, form: .full, bidirectional: true, tokens: true),
    Variant(
      pipeline: .lightning, normalization: .layer, prenorm: false, pooling: .mean, form: .full, bidirectional: true, tokens: false),
    Variant(
      pipeline: .lightning, normalization: .batch, prenorm: false, pooling: .mean, form: .minimal, bidirectional: false, tokens: true,
      dropout: 0.3),
    Variant(
      pipeline: .script, normalization: .layer, prenorm: true, pooling: .mean, form: .minimal, bidirectional: false, tokens: false,
      dropout: 0.2),
    Variant(
      pipeline: .script, normalization: .batch, prenorm: true, pooling: .last, form: .minimal, bidirectional: true, tokens: false,
      discretization: .bilinear),
  ]

  @Test("the gradient of every parameter agrees with a difference quotient", arguments: variants)
  func gradients(variant: Variant) throws {
    let kind: InputDescription.Kind = variant.tokens ? .tokens(vocabularySize: 5) : .values(channels: 2)
    let model = try SequenceClassifier(variant.configuration, input: InputDescription(kind: kind, classCount: 3), seed: 7)
    var stream = RandomStream(seed: 3, purpose: .testing)
    let length = 13
    let input: SequenceInput =
      variant.tokens
      ? .tokens((0..<3 * length).map { _ in Int32(stream.integer(below: 5)) }, batchSize: 3, length: length)
      : .values(Tensor([3, 2, length], values: (0..<6 * length).map { _ in Float(stream.normal()) }))
    let lengths = variant.tokens ? [13, 9, 1] : nil
    let labels: [Int32] = [2, 0, 1]

    func loss() -> Double {
      var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
      let (logits, _) = model.forward(input, lengths: lengths, pass: &pass)
      return CrossEntropy.forward(logits, labels: labels).loss
    }

    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    let (logits, cache) = model.forward(input, lengths: lengths, pass: &pass)
    model.clearGradients()
    model.backward(logitsGradient: CrossEntropy.backward(logits, labels: labels), cache: cache)

    for parameter in model.parameters {
      let original = parameter.value.values()
      let direction = original.map { _ in Float(stream.normal()) }
      let slope = zip(parameter.gradient.values(), direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      // float32 losses carry errors near 1e-7, so a step of 3e-3 leaves about 1e-4; curvature adds about as much.
      let step: Float = 3e-3
      func shifted(_ sign: Float) -> Double {
        parameter.value.setValues(zip(original, direction).map { $0 + sign * step * $1 })
        return loss()
      }
      let quotient = (shifted(1) - shifted(-1)) / Double(2 * step)
      parameter.value.setValues(original)
      #expect(abs(slope - quotient) < 1e-3 + 1e-2 * abs(quotient), "\(parameter.name): gradient \(slope), quotient \(quotient)")
    }
  }

  @Test("results do not depend on the number of threads", arguments: variants.prefix(2))
  func threads(variant: Variant) throws {
    func gradientBits(threads: Int) throws -> [Float] {
      let before = Parallel.threadCount
      Parallel.threadCount = threads
      defer { Parallel.threadCount = before }
      let model = try SequenceClassifier(
        variant.configuration, input: InputDescription(kind: .values(channels: 1), classCount: 3), seed: 7)
      var stream = RandomStream(seed: 3, purpose: .testing)
      let input = Tensor([5, 1, 300], values: (0..<1500).map { _ in Float(stream.normal()) })
      var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
      let (logits, cache) = model.forward(.values(input), lengths: nil, pass: &pass)
      model.clearGradients()
      model.backward(logitsGradient: CrossEntropy.backward(logits, labels: [0, 1, 2, 0, 1]), cache: cache)
      return model.parameters.flatMap { $0.gradient.values() }
    }
    #expect(try gradientBits(threads: 1) == gradientBits(threads: 2))
  }
}
