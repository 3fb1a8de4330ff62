/// Comma-separated values as they are written; `CSVTable` reads them.
package enum CSVText {
  /// A header line and rows below it.
  package static func document(_ header: [String], _ rows: some Sequence<[String]>) -> String {
    rows.reduce(into: line(header)) { $0 += line($1) }
  }

  /// One line with its end; fields with commas, quotes or line ends are quoted.
  package static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\n" }

  private static func quoted(_ field: String) -> String {
    let mustQuote = field.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    return mustQuote ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
  }
}
