import RunSupport

/// A configuration as indented lines, `kind: diagonal`, which are shorter than its JSON and easier to read.
enum ConfigurationLines {
  /// - Parameter json: as `JSONText` writes it, a key or a bracket a line.
  static func text(ofJSON json: String) -> String {
    json.split(separator: "\n").compactMap { line -> String? in
      let words = line.drop { $0 == " " }
      // Objects are indented by two, and the outermost brackets are left out.
      let indent = String(repeating: " ", count: max(0, line.count - words.count - 2))
      var text = words.hasSuffix(",") ? words.dropLast() : words
      if text.allSatisfy({ "{}[] ".contains($0) }) { return nil }
      if text.hasPrefix("\""), let colon = text.firstRange(of: "\" : ") {
        let value = text[colon.upperBound...]
        let key = text[..<colon.lowerBound].dropFirst()
        text = value == "{" || value == "[" ? "\(key):" : "\(key): \(unquoted(value))"
      } else {
        text = "- \(unquoted(text))"
      }
      return indent + text
    }.joined(separator: "\n")
  }

  private static func unquoted(_ value: Substring) -> Substring {
    value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"") ? value.dropFirst().dropLast() : value
  }
}
