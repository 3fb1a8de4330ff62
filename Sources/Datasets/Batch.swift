import Arrays

/// Some samples of one split, ready for a model.
package struct Batch {
  package enum Input {
    /// Shape [B, channels, L], normalised.
    case values(Tensor)
    /// Row-major [B, L], each sequence padded on the right with `<pad>` = 0.
    case tokens([Int32], batchSize: Int, length: Int)
  }

  package let input: Input
  /// Steps of each sequence before its padding; nil if all have the full length.
  package let lengths: [Int]?
  /// Class of each sample, from 0.
  package let labels: [Int32]

  package init(input: Input, lengths: [Int]?, labels: [Int32]) {
    self.input = input
    self.lengths = lengths
    self.labels = labels
  }

  /// Samples.
  package var count: Int { labels.count }
}
