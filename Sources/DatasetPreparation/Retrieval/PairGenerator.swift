import Arrays

/// Pairs of documents that need no download: for tests of everything that handles pairs, never for a table.
///
/// Each document mixes common words with words of its topic; the label says whether both have the same topic. Half of the pairs have.
package struct PairGenerator: Sendable {
  private static let topicCount = 20
  private static let wordsPerTopic = 6
  private static let commonWordCount = 40

  private let seed: UInt64
  /// Bounds of a document's length in characters, inclusive.
  private let lengths: ClosedRange<Int>

  package init(seed: UInt64, lengths: ClosedRange<Int>) {
    self.seed = seed
    self.lengths = lengths
  }

  /// A function of seed and index alone.
  package func pair(_ index: Int) -> DocumentPair {
    var stream = RandomStream(seed: seed, purpose: .generation, lane: UInt32(index))
    let first = stream.integer(below: Self.topicCount)
    let label = index % 2
    let step = label == 1 ? 0 : 1 + stream.integer(below: Self.topicCount - 1)
    let second = (first + step) % Self.topicCount
    return DocumentPair(first: document(first, &stream), second: document(second, &stream), label: Int32(label))
  }

  private func document(_ topic: Int, _ stream: inout RandomStream) -> String {
    let length = lengths.lowerBound + stream.integer(below: lengths.count)
    var text = ""
    while text.utf8.count < length {
      if stream.integer(below: 3) == 0 {
        text += Self.word(1 + topic * Self.wordsPerTopic + stream.integer(below: Self.wordsPerTopic), syllables: 3)
      } else {
        text += Self.word(1 + stream.integer(below: Self.commonWordCount), syllables: 2)
      }
      text += " "
    }
    return String(text.prefix(length))
  }

  /// A word that no other number of the same length has: its digits to base 60 as syllables.
  private static func word(_ number: Int, syllables: Int) -> String {
    let (consonants, vowels) = (Array("bdfgklmnprst"), Array("aeiou"))
    var rest = number * 7919 % 216_000
    return (0..<syllables).reduce(into: "") { text, _ in
      let syllable = rest % 60
      rest /= 60
      text += "\(consonants[syllable % 12])\(vowels[syllable / 12])"
    }
  }
}
