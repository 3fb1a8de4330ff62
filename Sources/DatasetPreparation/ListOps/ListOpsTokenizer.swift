/// Turns expressions into word indices as the S4 reference does: at most 2047 words, then `<eos>`.
package struct ListOpsTokenizer: Sendable {
  /// Longest sequence, `<eos>` included.
  package static let maximumLength = 2048

  package let vocabulary: Vocabulary
  /// Vocabulary index by word code.
  private let indices: [UInt8]

  /// Counts words after truncation.
  package init(training: [ListOpsExample]) {
    var counts = [Int](repeating: 0, count: ListOpsWord.texts.count)
    for example in training {
      for word in example.words.prefix(Self.maximumLength - 1) { counts[Int(word)] += 1 }
    }
    let vocabulary = Vocabulary(counts: Dictionary(uniqueKeysWithValues: zip(ListOpsWord.texts, counts)))
    self.vocabulary = vocabulary
    indices = ListOpsWord.texts.map { UInt8(vocabulary.index(of: $0)) }
  }

  package func tokens(of example: ListOpsExample) -> [UInt8] {
    example.words.prefix(Self.maximumLength - 1).map { indices[Int($0)] } + [UInt8(Vocabulary.end)]
  }
}
