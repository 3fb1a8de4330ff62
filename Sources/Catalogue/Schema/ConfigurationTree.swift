import RunSupport
import Yams

/// A value of a YAML or JSON file as it is written, with its place, so that values of several files can be merged and still be found.
struct ConfigurationTree: Sendable {
  enum Content: Sendable {
    /// A number, a flag or a name as it is written; quoted text is text, whatever it looks like.
    case scalar(String, isPlain: Bool)
    case list([ConfigurationTree])
    case mapping([Entry])
  }

  struct Entry: Sendable {
    let key: String
    var value: ConfigurationTree
  }

  var content: Content
  let file: String
  let line: Int?
  /// Where the key of this value stands; a value that is a mapping begins a line below.
  var keyLine: Int?

  /// - Throws: `StageError` (`badConfiguration`) for a key that is no name.
  init(_ node: Node, file: String, keyLine: Int? = nil) throws {
    self.file = file
    self.keyLine = keyLine
    line = node.mark?.line
    switch node {
    case .scalar(let scalar): content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
    case .sequence(let sequence): content = .list(try sequence.map { try ConfigurationTree($0, file: file) })
    case .mapping(let mapping):
      content = .mapping(
        try mapping.map { pair in
          guard case .scalar(let key) = pair.key else { throw Self.unreadable(pair.key, file, "a mapping whose keys are names") }
          return Entry(key: key.string, value: try ConfigurationTree(pair.value, file: file, keyLine: pair.key.mark?.line))
        })
    case .alias: throw Self.unreadable(node, file, "a value in place of an alias")
    }
  }

  /// A mapping that no file holds in this form.
  init(_ entries: [Entry], in file: String, line: Int? = nil) {
    (content, self.file, self.line) = (.mapping(entries), file, line)
  }

  /// Whether the value is absent in spirit: `key:` or `key: null`.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null"].contains(text)
  }

  /// A number, a flag or a text as it is written; nil of lists and mappings.
  var scalar: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// The entries of a mapping in the order of the file; none of anything else.
  var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries
  }

  subscript(key: String) -> ConfigurationTree? { entries.first { $0.key == key }?.value }

  /// The mapping without some of its keys.
  func without(_ keys: String...) -> ConfigurationTree {
    guard case .mapping(let entries) = content else { return self }
    var copy = self
    copy.content = .mapping(entries.filter { !keys.contains($0.key) })
    return copy
  }

  /// `file, line 12`; only the file where the line is not known.
  var location: String { Self.location(in: file, line) }

  /// Where the value's key stands.
  var keyLocation: String { Self.location(in: file, keyLine ?? line) }

  private static func location(in file: String, _ line: Int?) -> String { line.map { "\(file), line \($0)" } ?? file }

  private static func unreadable(_ node: Node, _ file: String, _ wanted: String) -> StageError {
    StageError(
      .badConfiguration, "\(file) holds what no experiment can say", where: location(in: file, node.mark?.line), why: "expected \(wanted)",
      fix: "correct the value")
  }
}
