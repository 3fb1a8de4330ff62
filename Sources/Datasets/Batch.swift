import Arrays

/// Some samples of one split, ready for a model.
package struct Batch: Sendable {
  package enum Input: Sendable {
    /// Shape [B, channels, L], normalised.
    case values(Tensor)
    /// Row-major [rows, L], each sequence padded on the right with `<pad>` = 0; `batchSize` is the number of rows. Of records with
    /// several documents the first B rows are all first documents, the next B rows all second ones.
    case tokens([Int32], batchSize: Int, length: Int)
  }

  package let input: Input
  /// Steps of each row before its padding; nil if all have the full length.
  package let lengths: [Int]?
  /// Class of each sample, from 0; empty if the targets are real numbers.
  package let labels: [Int32]
  /// Real target of each sample; empty if they are classes.
  package let targets: [Float]

  package init(input: Input, lengths: [Int]?, labels: [Int32], targets: [Float] = []) {
    self.input = input
    self.lengths = lengths
    self.labels = labels
    self.targets = targets
  }

  /// Samples.
  package var count: Int { max(labels.count, targets.count) }
}
