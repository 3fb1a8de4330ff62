/// Characters by index: the specials, then the characters of the training texts by falling frequency, equal counts by code point.
///
/// A character is a Unicode scalar, as in Python, where the S4 reference's loaders count them with torchtext.
package struct CharacterVocabulary: Sendable {
  package let words: [String]
  private let indices: [Unicode.Scalar: Int]
  /// Indices of the first 128 characters, which nearly all text consists of.
  private let asciiIndices: [Int]

  /// - Parameter minimumCount: rarer characters are unknown.
  init(_ counts: CharacterCounts, minimumCount: Int) {
    let frequent = counts.all.filter { $0.count >= minimumCount }
      .sorted { ($1.count, $0.character.value) < ($0.count, $1.character.value) }
    words = Vocabulary.specials + frequent.map { String($0.character) }
    var indices: [Unicode.Scalar: Int] = [:]
    for (place, entry) in frequent.enumerated() { indices[entry.character] = Vocabulary.specials.count + place }
    self.indices = indices
    asciiIndices = (0..<128).map { indices[Unicode.Scalar(UInt8($0))] ?? Vocabulary.unknown }
  }

  /// That of `<unk>` for rare characters.
  func index(of character: Unicode.Scalar) -> Int {
    character.isASCII ? asciiIndices[Int(character.value)] : indices[character] ?? Vocabulary.unknown
  }
}

/// How often each character occurs.
struct CharacterCounts {
  private var ascii = [Int](repeating: 0, count: 128)
  private var others: [Unicode.Scalar: Int] = [:]

  mutating func add(_ character: Unicode.Scalar) {
    if character.isASCII {
      ascii[Int(character.value)] += 1
    } else {
      others[character, default: 0] += 1
    }
  }

  /// Every character, in no order.
  var all: [(character: Unicode.Scalar, count: Int)] {
    ascii.enumerated().map { (Unicode.Scalar(UInt8($0.offset)), $0.element) } + others.map { ($0.key, $0.value) }
  }
}
