import Arrays
import Operations
import TestSupport
import Testing
import Vocabulary

@testable import SequenceModels

@Suite struct BatchPartsTests {
  @Test("a batch beyond the limit is cut between pairs of sequences, the smaller half last")
  func ranges() {
    #expect(BatchParts.ranges(count: 50, bytesOfSequence: 10, limit: 500) == nil)
    #expect(BatchParts.ranges(count: 50, bytesOfSequence: 10, limit: 499) == [0..<26, 26..<50])
    #expect(BatchParts.ranges(count: 16, bytesOfSequence: 10, limit: 1) == [0..<8, 8..<16])
    #expect(BatchParts.ranges(count: 7, bytesOfSequence: 10, limit: 1) == [0..<4, 4..<7])
    #expect([1, 2, 3, 5, 6].allSatisfy { BatchParts.ranges(count: $0, bytesOfSequence: 10, limit: 1) == nil })
  }

  private static func differentiate(
    _ model: SequenceClassifier, _ input: SequenceInput, lengths: Integers?, target: Tensor
  ) -> (gradients: [Tensor], calls: Int) {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    var calls = 0
    model.differentiate(input, lengths: lengths, pass: &pass) { output, part in
      calls += 1
      return MeanSquaredError.backward(output, targets: part.map { target.rows($0) } ?? target, meanCount: target.shape[0])
    }
    return (model.parameters.map { $0.gradient.copy() }, calls)
  }

  @Test("a batch in parts has the gradients of the whole: values, tokens of different lengths, before and behind the norm")
  func gradients() throws {
    var stream = RandomStream(seed: 4, purpose: .testing)
    let (batch, length) = (7, 20)
    let values = SequenceInput.values(Tensor([batch, 2, length], values: (0..<batch * 2 * length).map { _ in Float(stream.normal()) }))
    let tokens = SequenceInput.tokens(
      Integers((0..<batch * length).map { _ in stream.integer(below: 5) }), batchSize: batch, length: length)
    let lengths: Integers = [20, 3, 11, 20, 7, 1, 19]
    let target = Tensor([batch, 3], values: (0..<batch * 3).map { _ in Float(stream.normal()) })
    let cases: [(SequenceInput, SampleInput, Integers?, Bool)] = [
      (values, .values(channels: 2), nil, true), (values, .values(channels: 2), nil, false),
      (tokens, .tokens(vocabularySize: 5), lengths, true),
    ]
    for (input, kind, lengths, prenorm) in cases {
      let model = try SequenceClassifier(
        Self.configuration(.layer, prenorm: prenorm), input: InputDescription(kind: kind, outputCount: 3), seed: 2)
      let whole = Self.differentiate(model, input, lengths: lengths, target: target)
      // Two blocks keep 3 rows a channel each, and post-norm blocks the sum.
      model.passLimit = batch * 2 * length * 4 * (prenorm ? 12 : 16) - 1
      let parts = Self.differentiate(model, input, lengths: lengths, target: target)
      #expect(whole.calls == 1 && parts.calls == 2)
      for (parameter, (part, all)) in zip(model.parameters, zip(parts.gradients, whole.gradients)) {
        #expect(maxRelative(part.doubles, all.doubles) < 2e-6, "\(parameter.name), prenorm \(prenorm)")
      }
    }
  }

  @Test("batch statistics and documents of a pair are never cut")
  func whole() throws {
    let input = SequenceInput.values(Tensor.zeros([8, 1, 16]))
    for (normalization, documents) in [(BlocksSpecification.Normalization.batch, 1), (.layer, 2)] {
      let model = try SequenceClassifier(
        Self.configuration(normalization, prenorm: true),
        input: InputDescription(kind: .values(channels: 1), outputCount: 3, documentCount: documents), seed: 2)
      model.passLimit = 1
      #expect(model.parts(of: input, through: .whole) == nil)
    }
  }

  private static func configuration(_ normalization: BlocksSpecification.Normalization, prenorm: Bool) -> BlocksSpecification {
    BlocksSpecification(
      pipeline: .script, layerCount: 2, modelWidth: 4, normalization: normalization, prenorm: prenorm, dropout: 0, tiedDropout: true,
      pooling: .mean,
      layer: .hankel(
        HankelLayerSpecification(
          directions: .forward, markovCount: 8, timestepTransform: .log, timestepMinimum: 0.01, timestepMaximum: 0.1,
          markovLearningRate: 0.001, timestepLearningRate: 0.001)))
  }
}
