/// Tables for readers, in Markdown.
package enum MarkdownText {
  /// A header, the rule below it, and rows.
  package static func table(_ header: [String], _ rows: some Sequence<[String]>) -> String {
    rows.reduce(into: line(header) + line(header.map { _ in "---" })) { $0 += line($1) }
  }

  /// A page with the text between its marks `<!-- name -->` and `<!-- /name -->` replaced.
  ///
  /// - Returns: nil if the page does not have both marks once, in this order.
  package static func replacing(part name: String, of page: String, with text: String) -> String? {
    let pieces = page.components(separatedBy: "<!-- \(name) -->")
    guard pieces.count == 2 else { return nil }
    let rest = pieces[1].components(separatedBy: "<!-- /\(name) -->")
    guard rest.count == 2 else { return nil }
    return pieces[0] + "<!-- \(name) -->" + text + "<!-- /\(name) -->" + rest[1]
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }
}
