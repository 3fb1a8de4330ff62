import Datasets
import Vocabulary

/// What decides the program of a step: what a batch holds, and its sizes.
package struct BatchShape: Hashable, Sendable {
  /// Shapes of values and frames; how many tokens there are.
  let input: InputSequences<[Int], Int>
  /// Rows that have a length; nil if all have the full one.
  let lengthCount: Int?
  /// Shapes of numbers and frames; how many labels there are.
  let target: BatchTargets<Int, [Int]>

  package init(input: InputSequences<[Int], Int>, lengthCount: Int?, target: BatchTargets<Int, [Int]>) {
    (self.input, self.lengthCount, self.target) = (input, lengthCount, target)
  }

  init(_ batch: Batch) {
    input = batch.input.map(\.shape, tokens: \.count)
    lengthCount = batch.lengths?.count
    target = batch.target.map(\.shape, labels: \.count)
  }
}
