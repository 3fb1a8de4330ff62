/// A page of Markdown in its parts, as far as our own pages use it: headings, paragraphs, lists and tables.
package struct MarkdownDocument: Sendable, Equatable {
  package enum Block: Sendable, Equatable {
    case heading(String)
    /// Its lines.
    case paragraph([String])
    case list([String])
    case table(header: [String], rows: [[String]])
  }

  /// The heading of the first level; empty without one.
  package private(set) var title = ""
  package private(set) var blocks: [Block] = []

  package init(_ text: String) {
    var lines: [String] = []
    func block(of lines: [String]) -> Block? {
      guard let first = lines.first else { return nil }
      if first.hasPrefix("|") {
        let rows = lines.map(Self.cells)
        return .table(header: rows[0], rows: Array(rows.dropFirst(2)))
      }
      return first.hasPrefix("- ") ? .list(lines.map { String($0.dropFirst(2)) }) : .paragraph(lines)
    }
    func finish() {
      if let block = block(of: lines) { blocks.append(block) }
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("# ") {
        finish()
        title = String(line.dropFirst(2))
      } else if line.hasPrefix("## ") {
        finish()
        blocks.append(.heading(String(line.dropFirst(3))))
      } else if line.isEmpty {
        finish()
      } else {
        // A table or a list needs no empty line before it.
        if let last = lines.last, ["|", "- "].contains(where: { last.hasPrefix($0) != line.hasPrefix($0) }) { finish() }
        lines.append(line)
      }
    }
    finish()
  }

  /// The cells of a line of a table; `\|` is a bar of the text.
  private static func cells(_ line: String) -> [String] {
    var (cells, cell, isEscaped) = ([String](), "", false)
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append(cell.trimmingBlanks)
        cell = ""
      } else {
        if character == "|" { cell.removeLast() }
        cell.append(character)
      }
      isEscaped = character == "\\"
    }
    return cells
  }
}

extension MarkdownDocument {
  /// A part of a line: plain words, or what stands between backticks.
  package enum Span: Sendable, Equatable {
    case words(String)
    case code(String)
  }

  /// A line in its parts; of links only the words stay.
  package static func spans(_ line: String) -> [Span] {
    line.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, part -> Span? in
      if part.isEmpty { return nil }
      return index.isMultiple(of: 2) ? .words(String(part).replacing(/\[([^\]]+)\]\([^)]+\)/) { $0.1 }) : .code(String(part))
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
