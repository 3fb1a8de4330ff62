import Arrays
import Foundation

/// `tokens.npy` and `offsets.npy`: sequences of different lengths, end to end.
struct TokenRecords: Sendable {
  private let tokens: NumPyArray
  /// Where each sequence begins; one more entry than sequences.
  private let offsets: [Int64]
  /// Sequences of a record.
  private let documentCount: Int
  /// Batches have a multiple of so many steps; 1 is the length of their longest sequence.
  private let paddingMultiple: Int
  private let longestAllowed: Int

  var count: Int { (offsets.count - 1) / documentCount }

  /// - Parameter paddingMultiple: the length of a batch is the smallest multiple of it that holds the longest sequence, at most the
  ///   card's length.
  /// - Precondition: it is positive.
  /// - Throws: `StageError` (`badData`) if element types, offsets, lengths or words do not fit the card.
  init(_ file: PreparedFile, card: DatasetCard, paddingMultiple: Int) throws {
    precondition(paddingMultiple > 0, "TokenRecords: padding to multiples of \(paddingMultiple)")
    (self.paddingMultiple, longestAllowed) = (paddingMultiple, card.sequenceLength)
    tokens = try file.array("tokens.npy")
    guard tokens.elementType == .uint8 || tokens.elementType == .uint16, tokens.shape.count == 1 else {
      throw file.damaged("tokens.npy", "it holds \(tokens.elementType.rawValue) of shape \(tokens.shape), needed is a list of |u1 or <u2")
    }
    let array = try file.array("offsets.npy")
    guard array.elementType == .int64, array.shape.count == 1, array.count > 0 else {
      throw file.damaged("offsets.npy", "it holds \(array.elementType.rawValue) of shape \(array.shape), needed is a list of <i8")
    }
    offsets = try array.values(as: Int64.self)
    guard offsets.first == 0, offsets.last == Int64(tokens.count) else {
      throw file.damaged("offsets.npy", "it does not run from 0 to the \(tokens.count) tokens of tokens.npy")
    }
    for (sequence, (begin, end)) in zip(offsets, offsets.dropFirst()).enumerated() {
      guard begin < end, end - begin <= Int64(card.sequenceLength) else {
        throw file.damaged("offsets.npy", "sequence \(sequence) has \(end - begin) tokens, allowed are 1 to \(card.sequenceLength)")
      }
    }
    documentCount = card.documentCount ?? 1
    guard documentCount > 0, (offsets.count - 1) % documentCount == 0 else {
      throw file.damaged("offsets.npy", "\(offsets.count - 1) sequences are no whole number of records of \(documentCount)")
    }
    let largest = largestToken
    guard largest < card.vocabulary.count else {
      throw file.damaged("tokens.npy", "it holds word \(largest), but the vocabulary of the card has \(card.vocabulary.count) words")
    }
  }

  /// Chosen records row by row, padded on the right with 0 to one length, that of `paddingMultiple`: first all first documents, then all second ones.
  func gather(_ chosen: [Int]) -> (tokens: [Int32], lengths: [Int], length: Int) {
    let sequences = (0..<documentCount).flatMap { document in chosen.map { $0 * documentCount + document } }
    let lengths = sequences.map { Int(offsets[$0 + 1] - offsets[$0]) }
    let length = min(longestAllowed, ((lengths.max() ?? 0) + paddingMultiple - 1) / paddingMultiple * paddingMultiple)
    var padded = [Int32](repeating: 0, count: sequences.count * length)
    for (row, sequence) in sequences.enumerated() {
      copy(Int(offsets[sequence]), count: lengths[row], to: &padded, at: row * length)
    }
    return (padded, lengths, length)
  }

  private func copy(_ first: Int, count: Int, to target: inout [Int32], at start: Int) {
    tokens.data.withUnsafeBytes { bytes in
      if tokens.elementType == .uint8 {
        for step in 0..<count { target[start + step] = Int32(bytes[first + step]) }
      } else {
        let words = bytes.assumingMemoryBound(to: UInt16.self)
        for step in 0..<count { target[start + step] = Int32(words[first + step]) }
      }
    }
  }

  private var largestToken: Int {
    tokens.data.withUnsafeBytes { bytes in
      tokens.elementType == .uint8
        ? Int(bytes.max() ?? 0) : Int(bytes.assumingMemoryBound(to: UInt16.self).max() ?? 0)
    }
  }
}
