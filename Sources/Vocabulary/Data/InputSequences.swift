/// A batch of sequences, as data give it and models take it, whose numbers lie in `Values`: host arrays or tensors.
package enum InputSequences<Values> {
  /// Shape [B, channels, L], normalised.
  case values(Values)
  /// Row-major [rows, L], each sequence padded on the right with `<pad>` = 0; `batchSize` is the number of rows. Of records with
  /// several documents the first B rows are all first documents, the next B rows all second ones.
  case tokens([Int32], batchSize: Int, length: Int)
  /// Shape [B, L, channels, height, width], normalised: one frame a step.
  case frames(Values)

  /// These sequences with the numbers in other arrays.
  package func map<Other>(_ transform: (Values) -> Other) -> InputSequences<Other> {
    switch self {
    case .values(let values): .values(transform(values))
    case .tokens(let tokens, let batchSize, let length): .tokens(tokens, batchSize: batchSize, length: length)
    case .frames(let frames): .frames(transform(frames))
    }
  }
}

extension InputSequences: Sendable where Values: Sendable {}
