/// Tables for readers, in Markdown.
package enum MarkdownText {
  /// A header, the rule below it, and rows.
  package static func table(_ header: [String], _ rows: some Sequence<[String]>) -> String {
    rows.reduce(into: line(header) + line(header.map { _ in "---" })) { $0 += line($1) }
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }
}
