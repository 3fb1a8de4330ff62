/// Words by index: the specials, then the words of the training split by falling frequency, equal counts alphabetically.
///
/// - Source: the S4 reference's loaders, which build it with torchtext from the truncated training sequences.
package struct Vocabulary: Sendable, Equatable {
  package static let padding = 0
  package static let unknown = 1
  package static let end = 2
  package static let specials = ["<pad>", "<unk>", "<eos>"]

  package let words: [String]

  /// - Parameter counts: occurrences by word; words that never occur get no index.
  package init(counts: [String: Int]) {
    let ordered = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    words = Self.specials + ordered.map(\.key)
  }

  /// The index of a word; that of `<unk>` if the training split has none.
  package func index(of word: String) -> Int { words.firstIndex(of: word) ?? Self.unknown }
}
