import Documents

/// A line of words and code for a template.
struct ReportText {
  struct Part {
    var plainText: String?
    var codeText: String?
  }

  let parts: [Part]

  /// - Parameter line: Markdown of one line.
  init(_ line: String) {
    parts = MarkdownDocument.spans(line).map { span in
      switch span {
      case .words(let words): Part(plainText: ReportText.printable(words))
      case .code(let code): Part(codeText: ReportText.printable(code))
      }
    }
  }

  /// What a template may print: it escapes the signs of HTML, and control characters no page may hold.
  static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || 0x7F...0x9F ~= scalar.value
  }

  /// A name for an address within the page: letters, digits, dots and hyphens alone.
  static func anchor(_ parts: String...) -> String {
    parts.joined(separator: "-").map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? String($0) : "-" }.joined()
  }
}
