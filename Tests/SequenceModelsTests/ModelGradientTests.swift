import Arrays
import Operations
import ReferenceModels
import SequenceModels
import TestSupport
import Testing

/// Gradients of whole models against differences of the loss of the reference in Double, one parameter array at a time.
@Suite struct ModelGradientTests {
  private static let labels: [Int32] = [2, 0, 1]
  /// Bound of max|difference| / max|expected| along the directions of one parameter: ten times the rounding of the backward pass in float.
  private static let tolerance = 3e-5

  @Test("the slopes of the loss along each parameter are those of the reference", arguments: ModelVariant.all)
  func gradients(variant: ModelVariant) throws {
    let model = try variant.model()
    let stream = RandomStream(seed: 1, purpose: .dropout)
    let reference = variant.reference(of: model, dropoutStream: stream)
    let (logits, cache) = variant.forward(model, pass: .training(dropout: stream))
    model.clearGradients()
    model.backward(outputGradient: CrossEntropy.backward(logits, labels: Integers(Self.labels)), cache: cache)

    for parameter in model.parameters {
      let gradient = parameter.gradient.doubles
      let directions = Self.directions(count: gradient.count)
      let slopes = directions.map { dotProduct(gradient, $0) }
      let expected = directions.map { Self.slope(of: reference, variant, parameter.name, along: $0) }
      #expect(maxRelative(slopes, expected) < Self.tolerance, "\(parameter.name): slopes \(slopes), expected \(expected)")
      // Rounding is near 1e-9 where slopes are smallest, 4e-4; a flatter loss would say nothing about its parameter.
      #expect(expected.contains { abs($0) > 1e-4 }, "\(parameter.name): the loss hardly depends on it, slopes \(expected)")
    }
  }

  /// Each element alone where they are few; else three random choices of signs, which meet every element.
  private static func directions(count: Int) -> [[Double]] {
    if count <= 4 { return (0..<count).map { one in (0..<count).map { $0 == one ? 1 : 0 } } }
    var stream = RandomStream(seed: 3, purpose: .testing)
    return (0..<3).map { _ in (0..<count).map { _ in stream.uniform() < 0.5 ? -1 : 1 } }
  }

  /// The central difference of the mean cross-entropy; with this step its own error is below 1e-8.
  private static func slope(of reference: ReferenceClassifier, _ variant: ModelVariant, _ name: String, along direction: [Double]) -> Double
  {
    func loss(_ step: Double) -> Double {
      var moved = reference
      moved.parameters[name] = zip(reference.parameters[name, default: []], direction).map { $0 + step * $1 }
      return ReferenceLoss.crossEntropy(moved.logits(variant.referenceInput), labels: labels.map { Int($0) })
    }
    let step = 1e-5
    return (loss(step) - loss(-step)) / (2 * step)
  }

  @Test("results do not depend on the number of threads", arguments: ModelVariant.all.prefix(4))
  func threads(variant: ModelVariant) throws {
    func gradientBits(threads: Int) throws -> [Float] {
      let before = Parallel.threadCount
      Parallel.threadCount = threads
      defer { Parallel.threadCount = before }
      let model = try SequenceClassifier(
        variant.configuration, input: InputDescription(kind: .values(channels: 1), outputCount: 3), seed: 7)
      var stream = RandomStream(seed: 3, purpose: .testing)
      let input = Tensor([5, 1, 300], values: (0..<1500).map { _ in Float(stream.normal()) })
      var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
      let (logits, cache) = model.forward(.values(input), lengths: nil, pass: &pass)
      model.clearGradients()
      model.backward(outputGradient: CrossEntropy.backward(logits, labels: [0, 1, 2, 0, 1]), cache: cache)
      return model.parameters.flatMap { $0.gradient.values() }
    }
    #expect(try gradientBits(threads: 1) == gradientBits(threads: 2))
  }
}
