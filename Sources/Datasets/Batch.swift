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

  /// Rows of the input: of samples with several documents one for each of them.
  package var rowCount: Int {
    switch input {
    case .values(let values), .frames(let values): values.shape[0]
    case .tokens(_, let rowCount, _): rowCount
    }
  }

  /// Some of the samples, padded as they are.
  package func samples(_ samples: Range<Int>) -> Batch {
    let parts = stride(from: 0, to: rowCount, by: max(1, count)).map { $0 + samples.lowerBound..<$0 + samples.upperBound }
    func rows(_ array: HostArray) -> HostArray {
      guard parts.count > 1 else { return array.rows(samples) }
      return HostArray([parts.count * samples.count] + array.shape.dropFirst(), values: parts.flatMap { array.rows($0).values() })
    }
    let part: Input =
      switch input {
      case .values(let values): .values(rows(values))
      case .frames(let frames): .frames(rows(frames))
      case .tokens(let tokens, _, let length):
        .tokens(
          parts.flatMap { tokens[$0.lowerBound * length..<$0.upperBound * length] }, batchSize: parts.count * samples.count, length: length)
      }
    return Batch(input: part, lengths: lengths.map { lengths in parts.flatMap { lengths[$0] } }, target: target[samples])
  }

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
