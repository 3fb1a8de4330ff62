/// A tag of an SVG file in its parts.
enum SVGTag {
  /// Attributes of coordinates.
  static let numeric: Set = ["points", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "transform", "cx", "cy"]

  /// The `>` that ends a tag: one that is in no quotes.
  static func end(in text: Substring.UTF8View) -> Substring.UTF8View.Index? {
    var quote: UInt8?
    for index in text.indices {
      let byte = text[index]
      if byte == quote {
        quote = nil
      } else if quote == nil {
        if byte == UInt8(ascii: ">") { return index }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
      }
    }
    return nil
  }

  /// - Parameter tag: what stands between `<` and `>`, without a slash at its end.
  static func parse(_ tag: String) -> (name: String, attributes: [(name: String, value: String)]) {
    var words: [(name: String, value: String)] = []
    var rest = Substring(tag)
    let name = String(rest.prefix { !$0.isWhitespace })
    rest = rest.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].filter { !$0.isWhitespace }
      rest = rest[rest.index(after: equals)...].drop { $0.isWhitespace }
      guard let quote = rest.first, quote == "\"" || quote == "'", let end = rest.dropFirst().firstIndex(of: quote) else { break }
      words.append((key, String(rest[rest.index(after: rest.startIndex)..<end]).replacing("\"", with: "&quot;")))
      rest = rest[rest.index(after: end)...]
    }
    return (name, words)
  }
}
