/// A batch of sequences, as data give it and models take it, whose numbers lie in `Values`, host arrays or tensors, and whose tokens in `Tokens`.
package enum InputSequences<Values, Tokens> {
  /// Shape [B, channels, L], normalised.
  case values(Values)
  /// Row-major [rows, L], each sequence padded on the right with `<pad>` = 0; `batchSize` is the number of rows. Of records with
  /// several documents the first B rows are all first documents, the next B rows all second ones.
  case tokens(Tokens, batchSize: Int, length: Int)
  /// Shape [B, L, channels, height, width], normalised: one frame a step.
  case frames(Values)

  /// These sequences in other arrays.
  package func map<OtherValues, OtherTokens>(
    _ transform: (Values) -> OtherValues, tokens transformTokens: (Tokens) -> OtherTokens
  ) -> InputSequences<OtherValues, OtherTokens> {
    switch self {
    case .values(let values): .values(transform(values))
    case .tokens(let tokens, let batchSize, let length): .tokens(transformTokens(tokens), batchSize: batchSize, length: length)
    case .frames(let frames): .frames(transform(frames))
    }
  }
}

extension InputSequences: Sendable where Values: Sendable, Tokens: Sendable {}
extension InputSequences: Equatable where Values: Equatable, Tokens: Equatable {}
extension InputSequences: Hashable where Values: Hashable, Tokens: Hashable {}
