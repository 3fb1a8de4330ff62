import Arrays
import Operations
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// A batch in shards against the same batch as a whole.
@Suite struct ShardTests {
  private static let batch = 8
  private static let length = ModelVariant.length

  /// Outputs in the order of the samples, gradients, buffers and where the dropout stream ends.
  private struct Step {
    var outputs: [Float] = []
    var gradients: [[Double]] = []
    var buffers: [[Float]] = []
    var position: UInt64 = 0
  }

  private static let stream = RandomStream(seed: 9, purpose: .dropout)

  private static func input(_ variant: ModelVariant) -> (input: SequenceInput, lengths: Integers?) {
    var stream = RandomStream(seed: 3, purpose: .testing)
    guard variant.tokens else { return (.values(.random([batch, ModelVariant.channels, length], lane: 1)), nil) }
    let tokens = (0..<batch * length).map { _ in Int32(stream.integer(below: ModelVariant.vocabularySize)) }
    return (.tokens(Integers(tokens), batchSize: batch, length: length), [11, 6, 1, 11, 2, 9, 11, 5])
  }

  private static let slopes = Tensor.random([batch, ModelVariant.classCount], lane: 2)

  private static func end(_ step: inout Step, _ model: SequenceClassifier, _ pass: Pass) {
    step.gradients = model.parameters.map(\.gradient.doubles)
    step.buffers = model.buffers.map { $0.value.values() }
    if case .training(let stream) = pass.mode { step.position = stream.position }
  }

  private static func whole(_ variant: ModelVariant) throws -> Step {
    let (model, input) = (try variant.model(), input(variant))
    var (step, pass) = (Step(), Pass.training(dropout: stream))
    model.clearGradients()
    model.differentiateWhole(input.input, lengths: input.lengths, pass: &pass) { output in
      step.outputs = output.values()
      return slopes
    }
    end(&step, model, pass)
    return step
  }

  private static func sharded(_ variant: ModelVariant, _ count: Int) throws -> Step {
    let (model, input) = (try variant.model(), input(variant))
    var step = Step()
    let size = batch / count
    let ranges = (0..<count).map { $0 * size..<($0 + 1) * size }
    var shards = ranges.map {
      BatchShard(
        input.input.sequences($0), lengths: input.lengths?[$0], pass: .training(dropout: stream), first: $0.lowerBound, wholeCount: batch)
    }
    let gradients = ShardGradients(model.parameters, shardCount: count)
    model.differentiate(&shards, places: 0..<count, into: gradients, gather: { $0 }) { output, shard in
      step.outputs += output.values()
      return slopes.rows(ranges[shard])
    }
    gradients.addUp()
    end(&step, model, shards[0].pass)
    return step
  }

  @Test("outputs, running statistics and masks have the bits of the whole batch, gradients its values", arguments: ModelVariant.all)
  func equalsWhole(variant: ModelVariant) throws {
    let whole = try Self.whole(variant)
    for count in [1, 2, 4] {
      let step = try Self.sharded(variant, count)
      #expect(step.outputs == whole.outputs && step.buffers == whole.buffers && step.position == whole.position, "\(count) shards")
      for (index, gradients) in zip(step.gradients, whole.gradients).enumerated() {
        #expect(maxRelative(gradients.0, gradients.1) < 2e-5, "parameter \(index), \(count) shards")
      }
    }
  }

  @Test("a shard's gradients are added to the others', which a later step forgets")
  func sums() throws {
    let model = try ModelVariant.all[1].model()
    let gradients = ShardGradients(model.parameters, shardCount: 3)
    let count = model.parameters.gradients.count
    gradients.buffers.upload((0..<3 * count).map { Float([1, 20, 300][$0 / count]) })
    for _ in 0..<2 {
      gradients.addUp()
      #expect(model.parameters.gradients.values().allSatisfy { $0 == 321 })
      #expect(model.parameters.allSatisfy { $0.gradient.values().allSatisfy { $0 == 321 } })
    }
  }
}

extension SequenceInput {
  fileprivate func sequences(_ rows: Range<Int>) -> SequenceInput {
    switch self {
    case .values(let values): .values(values.rows(rows))
    case .tokens(let tokens, _, let length):
      .tokens(tokens[rows.lowerBound * length..<rows.upperBound * length], batchSize: rows.count, length: length)
    case .frames(let frames): .frames(frames.rows(rows))
    }
  }
}
