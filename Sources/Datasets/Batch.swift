import Arrays
import Vocabulary

/// Some samples of one split, ready for a model.
package struct Batch: Sendable {
  package typealias Input = InputSequences<HostArray, [Int32]>
  package typealias Target = BatchTargets<[Int32], HostArray>

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

extension Batch.Target {
  /// Samples.
  package var count: Int {
    switch self {
    case .classes(let labels): labels.count
    case .numbers(let numbers), .frames(let numbers): numbers.shape[0]
    }
  }

  /// Targets of some samples.
  package subscript(samples: Range<Int>) -> Self { map({ $0.rows(samples) }, labels: { Array($0[samples]) }) }
}
