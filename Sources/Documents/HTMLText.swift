import Foundation

/// Web pages in as few words as we need; every text is escaped.
package enum HTMLText {
  /// Text for content and quoted attributes.
  package static func escape(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(character)
      default: result += character.value < 0x20 || 0x7F...0x9F ~= character.value ? "\u{FFFD}" : String(character)
      }
    }
    return result
  }

  /// A table of texts; columns in `numeric` are aligned to the right.
  package static func table(_ head: [String], _ rows: [[String]], numeric: Set<Int> = []) -> String {
    table(head, markup: rows.map { $0.map(escape) }, numeric: numeric)
  }

  /// A table whose cells, but for the head, are markup already.
  package static func table(_ head: [String], markup rows: [[String]], numeric: Set<Int> = []) -> String {
    func row(_ cells: [String], _ element: String) -> String {
      "<tr>"
        + cells.enumerated().map { column, text in
          "<\(element)\(numeric.contains(column) ? " class=\"number\"" : "")>\(text)</\(element)>"
        }.joined() + "</tr>"
    }
    let body = rows.map { row($0, "td") }.joined(separator: "\n")
    return "<div class=\"wide\"><table>\n<thead>\(row(head.map(escape), "th"))</thead>\n<tbody>\n\(body)\n</tbody></table></div>"
  }

  /// A table of names and what they stand for.
  package static func pairs(_ rows: [[String]]) -> String {
    let body = rows.map { "<tr><th>\(escape($0[0]))</th><td>\(escape($0[1]))</td></tr>" }.joined(separator: "\n")
    return "<div class=\"wide\"><table>\n\(body)\n</table></div>"
  }

  /// A heading with what belongs below it; nothing if that is empty.
  package static func section(_ title: String, _ content: String) -> String {
    content.isEmpty ? "" : "<section>\n<h2>\(escape(title))</h2>\n\(content)\n</section>\n"
  }

  /// A picture that is part of the page.
  ///
  /// - Parameters:
  ///   - file: the PNG file.
  ///   - about: its words for those who cannot see it.
  package static func image(_ file: Data, width: Int, about: String) -> String {
    "<img src=\"data:image/png;base64,\(file.base64EncodedString())\" width=\"\(width)\" alt=\"\(escape(about))\">"
  }

  /// A whole page with its style, which charts use too.
  package static func page(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escape(title))</title>
    <style>\(style)</style>
    </head>
    <body>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }

  private static let style = """

    :root { --ink: #1d2733; --soft: #5c6b7a; --line: #dde3ea; --paper: #ffffff; --back: #f3f5f8; --first: #2f6fb2; --second: #e08a2c;
      --third: #4a9d6e; }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
    main { max-width: 60rem; margin: 2rem auto; padding: 2rem 2.5rem; background: var(--paper); border: 1px solid var(--line);
      border-radius: 10px; }
    h1 { margin: 0 0 .3rem; font-size: 1.7rem; line-height: 1.2; }
    h2 { margin: 2rem 0 .7rem; font-size: 1.1rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
    p { margin: .4rem 0; } .soft { color: var(--soft); }
    .badge { display: inline-block; padding: .1rem .6rem; margin-right: .4rem; border-radius: 1rem; font-size: .8rem; font-weight: 600;
      color: #fff; background: var(--third); }
    .badge.warning { background: var(--second); } .badge.danger { background: #b8433f; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
    th { color: var(--soft); font-weight: 600; white-space: nowrap; } tr > th:first-child { width: 1%; padding-right: 2rem; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    img, svg { display: block; max-width: 100%; height: auto; margin: .6rem 0; } img { image-rendering: pixelated; border-radius: 4px; }
    svg text { font-size: 11px; fill: var(--soft); }
    pre { margin: .4rem 0 1rem; padding: .7rem .9rem; background: var(--back); border-radius: 6px; font-size: .82rem; line-height: 1.45;
      white-space: pre-wrap; overflow-wrap: anywhere; }
    ul { padding-left: 1.2rem; } a { color: var(--first); }

    """
}
