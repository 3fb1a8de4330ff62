/// gnuplot's SVG as a part of a page: without what only a file of its own needs, in a third of the bytes, and with names of its own, because
/// all drawings of a page share theirs.
struct InlineSVG {
  private struct Open {
    let name: String
    /// Where its tag begins in the result, and where it ends.
    let start: Int
    let end: Int
    let isKept: Bool
  }

  /// A mark or filter that the drawing may use.
  private struct Definition {
    let id: String
    var bytes: Range<Int>
    var uses: Set<String> = []
  }

  private let prefix: String
  private var bytes: [UInt8] = []
  private var open: [Open] = []
  /// Depth of elements whose content is left out.
  private var skipped = 0
  private var definitions: [Definition] = []
  /// Ids that the drawing itself names.
  private var uses: Set<String> = []

  /// - Parameters:
  ///   - text: a whole file.
  ///   - prefix: of the names of its marks and filters.
  static func markup(of text: String, prefix: String) -> String {
    var drawing = InlineSVG(prefix: prefix)
    var rest = text.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      drawing.add(text: rest[..<open])
      rest = rest[rest.index(after: open)...]
      guard let close = SVGTag.end(in: rest) else { break }
      drawing.add(tag: String(Substring(rest[..<close])))
      rest = rest[rest.index(after: close)...]
    }
    return drawing.finished
  }

  private init(prefix: String) { self.prefix = prefix }

  /// Without definitions that nothing uses.
  private var finished: String {
    var needed: Set<String> = []
    var asked = uses
    while let id = asked.popFirst() {
      guard needed.insert(id).inserted else { continue }
      for definition in definitions where definition.id == id { asked.formUnion(definition.uses) }
    }
    var kept = bytes
    for definition in definitions.reversed() where !needed.contains(definition.id) { kept.removeSubrange(definition.bytes) }
    return String(decoding: kept, as: UTF8.self)
  }

  private static let withoutContent: Set = ["title", "desc", "script"]

  private var isInDefinitions: Bool { open.contains { $0.name == "defs" } }

  private mutating func add(text: Substring.UTF8View) {
    guard skipped == 0, open.last.map({ $0.name == "text" || $0.name == "tspan" }) == true else { return }
    bytes += text
  }

  /// - Parameter tag: what stands between `<` and `>`.
  private mutating func add(tag: String) {
    if tag.hasPrefix("?") || tag.hasPrefix("!") { return }
    if tag.hasPrefix("/") { return close() }
    let isSelfClosing = tag.hasSuffix("/")
    let (name, attributes) = SVGTag.parse(isSelfClosing ? String(tag.dropLast()) : tag)
    if skipped > 0 || Self.withoutContent.contains(name) {
      if !isSelfClosing { skipped += 1 }
      return
    }
    let start = bytes.count
    if open.last?.name == "defs", let id = attributes.first(where: { $0.name == "id" })?.value {
      definitions.append(Definition(id: id, bytes: start..<start))
    }
    let kept = attributes.compactMap { rewritten($0) }
    // A part of a text that says nothing about it.
    let isKept = name != "tspan" || !kept.isEmpty
    if isKept {
      bytes += "<\(name)".utf8
      for (key, value) in kept { bytes += " \(key)=\"\(value)\"".utf8 }
      bytes += (isSelfClosing ? "/>" : ">").utf8
    }
    if isSelfClosing { finishDefinition() } else { open.append(Open(name: name, start: start, end: bytes.count, isKept: isKept)) }
  }

  private mutating func close() {
    if skipped > 0 {
      skipped -= 1
      return
    }
    guard let element = open.popLast() else { return }
    if element.name == "g", bytes.count == element.end {
      bytes.removeSubrange(element.start...)
    } else if element.isKept {
      bytes += "</\(element.name)>".utf8
    }
    finishDefinition()
  }

  private mutating func finishDefinition() {
    guard open.last?.name == "defs", let start = definitions.last?.bytes.lowerBound else { return }
    definitions[definitions.count - 1].bytes = start..<bytes.count
  }

  private mutating func note(use id: Substring) {
    if isInDefinitions, !definitions.isEmpty {
      definitions[definitions.count - 1].uses.insert(String(id))
    } else {
      uses.insert(String(id))
    }
  }

  /// Nil for what is left out.
  private mutating func rewritten(_ attribute: (name: String, value: String)) -> (String, String)? {
    let (name, value) = attribute
    switch name {
    case "xmlns", "xmlns:xlink", "class", "font-family", "xml:space": return nil
    // What holds without them.
    case "stroke-linecap": return value == "butt" ? nil : (name, value)
    case "stroke-linejoin": return value == "miter" ? nil : (name, value)
    case "id": return value.hasPrefix("gnuplot") ? nil : (name, prefix + value)
    case "xlink:href", "href":
      guard value.hasPrefix("#") else { return (name, value) }
      note(use: value.dropFirst())
      return ("href", "#" + prefix + value.dropFirst())
    case _ where name.hasPrefix("on"): return nil
    case "d": return (name, SVGNumbers.path(value))
    case _ where SVGTag.numeric.contains(name): return (name, SVGNumbers.rounded(value))
    default:
      if value.hasPrefix("url(#") {
        note(use: value.dropFirst(5).prefix { $0 != ")" })
        return (name, "url(#" + prefix + value.dropFirst(5))
      }
      return (name, value.hasPrefix("rgb(") ? SVGNumbers.colour(value) : value)
    }
  }
}
