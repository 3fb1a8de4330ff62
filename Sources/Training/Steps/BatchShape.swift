import Datasets
import Vocabulary

/// What decides the program of a step: the sizes of a batch, and what it holds.
struct BatchShape: Hashable, Sendable {
  enum Input: Hashable {
    case values([Int])
    case tokens(batchSize: Int, length: Int)
    case frames([Int])
  }

  enum Target: Hashable {
    case classes(Int)
    case numbers([Int])
    case frames([Int])
  }

  let input: Input
  let hasLengths: Bool
  let target: Target

  init(_ batch: Batch) {
    input =
      switch batch.input {
      case .values(let values): .values(values.shape)
      case .tokens(_, let batchSize, let length): .tokens(batchSize: batchSize, length: length)
      case .frames(let frames): .frames(frames.shape)
      }
    hasLengths = batch.lengths != nil
    target =
      switch batch.target {
      case .classes(let labels): .classes(labels.count)
      case .numbers(let numbers): .numbers(numbers.shape)
      case .frames(let frames): .frames(frames.shape)
      }
  }
}
