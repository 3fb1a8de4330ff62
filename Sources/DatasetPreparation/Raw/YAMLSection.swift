import RunSupport
import Yams

/// One mapping of a YAML file, read key by key with errors that name file, line and key.
struct YAMLSection {
  private let mapping: Node.Mapping
  private let file: String
  private let name: String

  /// - Throws: `StageError` (`badConfiguration`) if the node is no mapping.
  init(_ node: Node, file: String, name: String) throws {
    self.file = file
    self.name = name
    guard let mapping = node.mapping else {
      throw StageError(
        .badConfiguration, "\(name) in \(file) is no mapping of keys", where: Self.place(node, file: file, name: name),
        why: "expected `key: value` lines below it", fix: "correct the file")
    }
    self.mapping = mapping
  }

  /// - Throws: `StageError` naming the first key that is not in `known`, with the nearest one that is.
  func allowOnly(_ known: [String]) throws {
    for (key, _) in mapping {
      let text = key.string ?? "?"
      if known.contains(text) { continue }
      let nearest = NearestName.suggestion(for: text, among: known)
      throw StageError(
        .badConfiguration, "unknown key \(text) in \(file)", where: Self.place(key, file: file, name: name),
        why: "known here are \(known.joined(separator: ", "))",
        fix: nearest.map { "did you mean \($0)?" } ?? "remove the key")
    }
  }

  func string(_ key: String) throws -> String {
    guard let value = try optionalString(key) else { throw failure("needs the key \(key)") }
    return value
  }

  func optionalString(_ key: String) throws -> String? {
    guard let node = mapping[key] else { return nil }
    guard let value = node.scalar?.string, !value.isEmpty else { throw failure("\(key) must be a text") }
    return value
  }

  func optionalInteger(_ key: String) throws -> Int? {
    guard let text = try optionalString(key) else { return nil }
    guard let value = Int(text), value >= 0 else { throw failure("\(key) must be a whole number, found \(text)") }
    return value
  }

  /// A list of texts; empty if the key is absent.
  func strings(_ key: String) throws -> [String] {
    guard let node = mapping[key] else { return [] }
    guard let items = node.sequence else { throw failure("\(key) must be a list") }
    return try items.map { item in
      guard let value = item.scalar?.string, !value.isEmpty else { throw failure("\(key) must be a list of texts") }
      return value
    }
  }

  /// A list of mappings.
  func sections(_ key: String) throws -> [YAMLSection] {
    guard let items = mapping[key]?.sequence else { throw failure("needs a list \(key)") }
    return try items.enumerated().map { try YAMLSection($1, file: file, name: "\(name).\(key)[\($0)]") }
  }

  func failure(_ rule: String) -> StageError {
    StageError(
      .badConfiguration, "\(name) in \(file): \(rule)", where: Self.place(.mapping(mapping), file: file, name: name),
      why: "the entry breaks this rule", fix: "correct the entry")
  }

  private static func place(_ node: Node, file: String, name: String) -> String {
    node.mark.map { "\(file), line \($0.line), \(name)" } ?? "\(file), \(name)"
  }
}
