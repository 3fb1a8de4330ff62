import Foundation

/// Titles without the words that all have in common: of `S4D-Lin on sCIFAR` and `S4D-Inv on sCIFAR` what stands before `on sCIFAR`.
enum ShortTitles {
  static func of(_ titles: [String]) -> [String] {
    guard titles.count > 1 else { return titles }
    let words = titles.map { $0.split(separator: " ").map(String.init) }
    let (first, last) = ends(words)
    return words.enumerated().map { index, words in
      let rest = words.dropFirst(first).dropLast(min(last, words.count - first))
      return rest.isEmpty ? titles[index] : rest.joined(separator: " ")
    }
  }

  /// Nil if nothing is common.
  static func common(_ titles: [String]) -> String? {
    let words = titles.map { $0.split(separator: " ").map(String.init) }
    guard let one = words.first else { return nil }
    let (first, last) = ends(words)
    var common = one.prefix(first) + one.suffix(last)
    if first == 0, common.first == "on" { common = common.dropFirst() }
    let text = common.joined(separator: " ").trimmingCharacters(in: CharacterSet(charactersIn: ", "))
    return text.isEmpty ? nil : text.hasSuffix("=") ? text + " …" : text
  }

  /// Common words at the beginning and at the end.
  private static func ends(_ titles: [[String]]) -> (first: Int, last: Int) {
    guard let one = titles.first, let shortest = titles.map(\.count).min() else { return (0, 0) }
    let first = (0..<shortest).first { index in titles.contains { $0[index] != one[index] } } ?? shortest
    let rest = shortest - first
    let last = (0..<rest).first { index in titles.contains { $0[$0.count - 1 - index] != one[one.count - 1 - index] } } ?? rest
    // Only a phrase such as `on LRA Image` is left out at the end, not the last word of one.
    return (first, last > 0 && one[one.count - last] == "on" ? last : 0)
  }
}
