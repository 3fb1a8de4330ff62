import Arrays

/// Cuts a batch whose forward pass would keep too much for the backward pass into parts, which go forward and back one after the other.
///
/// A part costs one more computation of every kernel, so a batch is cut only where memory gets large. The cut depends on sizes alone and
/// never on the machine's memory, because sums over parts are not rounded as the sum over the whole is.
package enum BatchParts {
  /// Bytes that one pass may keep: 640 MiB.
  package static let usualLimit = 640 << 20

  /// Parts of about the same size and an even number of sequences, of which two share a transform; nil where one pass takes all.
  static func ranges(count: Int, bytesOfSequence: Int, limit: Int) -> [Range<Int>]? {
    let partCount = (count * bytesOfSequence + limit - 1) / limit
    let size = (count + partCount - 1) / partCount
    let evenSize = size + size % 2
    guard evenSize < count else { return nil }
    return stride(from: 0, to: count, by: evenSize).map { $0..<min(count, $0 + evenSize) }
  }
}

extension SequenceInput {
  /// Sequences.
  var count: Int {
    switch self {
    case .values(let values): values.shape[0]
    case .tokens(_, let batchSize, _): batchSize
    }
  }

  /// Steps of a sequence.
  var length: Int {
    switch self {
    case .values(let values): values.shape[2]
    case .tokens(_, _, let length): length
    }
  }

  /// Some of the sequences.
  subscript(rows: Range<Int>) -> SequenceInput {
    switch self {
    case .values(let values): .values(values.rows(rows))
    case .tokens(let tokens, _, let length):
      .tokens(Array(tokens[rows.lowerBound * length..<rows.upperBound * length]), batchSize: rows.count, length: length)
    }
  }
}
