/// Cuts a batch whose forward pass would keep much for the backward pass into two halves, which go forward and back one after the other.
///
/// The second half takes the memory of the first. Kernels are computed and gone back through twice, and more parts would cost more, so a
/// batch is cut once, and only where memory gets large (docs/performance.md). The cut depends on sizes alone and never on the machine's
/// memory, because sums over halves are not rounded as the sum over the whole is.
package enum BatchParts {
  /// Bytes that a pass may keep before the batch is cut: 640 MiB.
  package static let usualLimit = 640 << 20

  /// Two parts of whole pairs of sequences, because two share a transform; nil where one pass takes all, also because the parts of so few
  /// sequences would differ too much to take the same memory.
  static func ranges(count: Int, bytesOfSequence: Int, limit: Int) -> [Range<Int>]? {
    let first = (count + 3) / 4 * 2
    guard bytesOfSequence > limit / max(1, count) && 3 * first <= 4 * (count - first) else { return nil }
    return [0..<first, first..<count]
  }
}

extension SequenceInput {
  /// Sequences.
  var count: Int {
    switch self {
    case .values(let values): values.shape[0]
    case .tokens(_, let batchSize, _): batchSize
    case .frames(let frames): frames.shape[0]
    }
  }

  /// Steps of a sequence.
  var length: Int {
    switch self {
    case .values(let values): values.shape[2]
    case .tokens(_, _, let length): length
    case .frames(let frames): frames.shape[1]
    }
  }

  /// Some of the sequences.
  subscript(rows: Range<Int>) -> SequenceInput {
    switch self {
    case .values(let values): .values(values.rows(rows))
    case .tokens(let tokens, _, let length):
      .tokens(tokens[rows.lowerBound * length..<rows.upperBound * length], batchSize: rows.count, length: length)
    case .frames(let frames): .frames(frames.rows(rows))
    }
  }
}
