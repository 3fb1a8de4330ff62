import Arrays
import Vocabulary

/// Some samples of one split, ready for a model.
package struct Batch: Sendable {
  package typealias Input = InputSequences<HostArray, [Int32]>

  package enum Target: Sendable {
    /// Class of each sample, from 0.
    case classes([Int32])
    /// What the model should answer, shape [B, outputs], or [B, outputs, L] for an answer at each step.
    case numbers(HostArray)
    /// The frame after each one of the input, shape [B, L, channels, height, width].
    case frames(HostArray)

    /// Samples.
    package var count: Int {
      switch self {
      case .classes(let labels): labels.count
      case .numbers(let numbers), .frames(let numbers): numbers.shape[0]
      }
    }

    /// Numbers, those of frames too; nil for classes.
    package var numbers: HostArray? {
      switch self {
      case .classes: nil
      case .numbers(let numbers), .frames(let numbers): numbers
      }
    }

    /// Targets of some samples.
    package subscript(samples: Range<Int>) -> Target {
      switch self {
      case .classes(let labels): .classes(Array(labels[samples]))
      case .numbers(let numbers): .numbers(numbers.rows(samples))
      case .frames(let frames): .frames(frames.rows(samples))
      }
    }
  }

  package let input: Input
  /// Steps of each row before its padding; nil if all have the full length.
  package let lengths: [Int]?
  package let target: Target

  package init(input: Input, lengths: [Int]? = nil, target: Target) {
    self.input = input
    self.lengths = lengths
    self.target = target
  }

  /// Samples.
  package var count: Int { target.count }

  /// Class of each sample; empty if the targets are numbers.
  package var labels: [Int32] { if case .classes(let labels) = target { labels } else { [] } }

  /// Numbers in row-major order; empty if the targets are classes.
  package var targets: [Float] { target.numbers?.values() ?? [] }
}
