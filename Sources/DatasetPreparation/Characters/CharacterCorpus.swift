import Arrays
import Foundation

/// Documents as characters: cut, counted and, once the vocabulary is known, written as tokens.
///
/// Until then they wait in a scratch file, so memory holds only where each ends.
struct CharacterCorpus {
  private let scratch: String
  private let waiting: NumPyRowWriter
  /// Characters of a document at most; `<eos>` comes behind them.
  private let characterLimit: Int
  private var ends: [Int] = []
  private var counts = CharacterCounts()
  /// Documents that had more characters.
  private(set) var cutCount = 0

  /// - Parameters:
  ///   - scratch: path of a file that the corpus may use.
  ///   - maximumLength: longest sequence, `<eos>` included.
  init(scratch: String, maximumLength: Int) throws {
    self.scratch = scratch
    characterLimit = maximumLength - 1
    waiting = try NumPyRowWriter(path: scratch, .uint8, rowShape: [])
  }

  /// Documents so far.
  var count: Int { ends.count }

  /// Takes a document.
  ///
  /// - Parameter isCounted: whether its characters, after the cut, count for the vocabulary.
  mutating func append(_ text: String, isCounted: Bool) throws {
    let characters = text.unicodeScalars.prefix(characterLimit)
    if characters.endIndex != text.unicodeScalars.endIndex { cutCount += 1 }
    if isCounted {
      for character in characters { counts.add(character) }
    }
    try waiting.append(Array(String(characters).utf8))
    ends.append(waiting.rowCount)
  }

  /// Writes `tokens.npy` and `offsets.npy`.
  ///
  /// - Parameter minimumCount: characters that are rarer in the counted documents become `<unk>`.
  /// - Returns: the vocabulary, and the longest sequence with its `<eos>`.
  func finish(into folder: inout PreparedFolder, minimumCount: Int) throws -> (vocabulary: CharacterVocabulary, longest: Int) {
    try waiting.finish()
    let texts = try NumPyFile.read(scratch).data
    let vocabulary = CharacterVocabulary(counts, minimumCount: minimumCount)
    let isNarrow = vocabulary.words.count <= 256
    var offsets: [Int64] = [0]
    var longest = 0
    try folder.write("tokens.npy", of: isNarrow ? .uint8 : .uint16, rowShape: []) { writer in
      var start = 0
      for end in ends {
        let characters = String(decoding: texts[start..<end], as: UTF8.self).unicodeScalars
        let tokens = characters.map(vocabulary.index) + [Vocabulary.end]
        if isNarrow {
          try writer.append(tokens.map { UInt8($0) })
        } else {
          try writer.append(tokens.map { UInt16($0) })
        }
        offsets.append(Int64(writer.rowCount))
        longest = max(longest, tokens.count)
        start = end
      }
    }
    try folder.write(NumPyArray(offsets, shape: [offsets.count]), as: "offsets.npy")
    return (vocabulary, longest)
  }
}
