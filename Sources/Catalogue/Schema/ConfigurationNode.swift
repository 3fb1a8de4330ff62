import RunSupport

/// One value of a configuration file, read strictly: a wrong type or an impossible value is an error with file, line and dotted path.
struct ConfigurationNode {
  /// Keys from the root, joined by dots; empty for the root.
  let path: String
  let tree: ConfigurationTree

  init(_ tree: ConfigurationTree, path: String = "") { (self.tree, self.path) = (tree, path) }

  var isNull: Bool { tree.isNull }

  /// Free text; what looks like a number or a flag must be quoted.
  func text() throws -> String {
    guard case .scalar(let text, let isPlain) = tree.content, !isNull else { throw wrongType("text") }
    if isPlain, Double(text) != nil || Self.flags[text] != nil { throw wrongType("text") }
    return text
  }

  func integer(_ wanted: String, _ holds: (Int) -> Bool) throws -> Int {
    guard let value = plainText.flatMap(Int.init) else { throw wrongType("a whole number") }
    guard holds(value) else { throw impossible(wanted) }
    return value
  }

  /// A number of things from 1 to `limit`, which is far above anything sensible and keeps sizes computable.
  func count(upTo limit: Int, of things: String) throws -> Int {
    try integer("from 1 to \(limit) \(things)") { (1...limit).contains($0) }
  }

  func number(_ wanted: String, _ holds: (Double) -> Bool) throws -> Double {
    guard let value = plainText.flatMap(Double.init), value.isFinite else { throw wrongType("a number") }
    guard holds(value) else { throw impossible(wanted) }
    return value
  }

  func flag() throws -> Bool {
    guard let value = plainText.flatMap({ Self.flags[$0] }) else { throw wrongType("true or false") }
    return value
  }

  func choice<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) throws -> Value where Value.RawValue == String {
    guard let text = tree.scalar, !isNull else { throw wrongType("a name") }
    if let value = Value(rawValue: text) { return value }
    throw unknownName(text, allowed: Value.allCases.map(\.rawValue))
  }

  func list() throws -> [ConfigurationNode] {
    guard case .list(let values) = tree.content else { throw wrongType("a list") }
    return values.enumerated().map { ConfigurationNode($1, path: "\(path)[\($0)]") }
  }

  /// The entries of a mapping in the order of the file.
  func entries() throws -> [(key: String, value: ConfigurationNode)] {
    guard case .mapping(let entries) = tree.content else { throw wrongType("a mapping of keys to values") }
    return entries.map { ($0.key, ConfigurationNode($0.value, path: path.isEmpty ? $0.key : "\(path).\($0.key)")) }
  }

  /// A mapping whose keys are exactly known.
  func section<Key>(_ keys: Key.Type) throws -> ConfigurationSection<Key> {
    try ConfigurationSection(self)
  }

  /// The mapping without one of its keys.
  func without(_ key: String) -> ConfigurationNode { ConfigurationNode(tree.without(key), path: path) }

  var location: String { tree.location }

  var keyLocation: String { tree.keyLocation }

  func unknownName(_ name: String, allowed: [String]) -> StageError {
    let nearest = NearestName.suggestion(for: name, among: allowed)
    return StageError(
      .badConfiguration, "unknown value `\(name)` for \(path)", where: location, why: "allowed are \(allowed.joined(separator: ", "))",
      fix: nearest.map { "did you mean `\($0)`?" } ?? "use one of the allowed values")
  }

  func impossible(_ wanted: String) -> StageError {
    StageError(
      .badConfiguration, "impossible value \(path): \(tree.scalar ?? "")", where: location, why: "it must be \(wanted)",
      fix: "correct the value")
  }

  func wrongType(_ wanted: String) -> StageError {
    StageError(
      .badConfiguration, "wrong type of value for \(path.isEmpty ? "the file" : path)", where: location,
      why: "expected \(wanted), found \(found)", fix: "correct the value")
  }

  private var found: String {
    switch tree.content {
    case .mapping: "a mapping"
    case .list: "a list"
    case .scalar(let text, let isPlain): isNull ? "nothing" : isPlain ? "`\(text)`" : "the text \"\(text)\""
    }
  }

  private var plainText: String? {
    guard case .scalar(let text, isPlain: true) = tree.content else { return nil }
    return text
  }

  private static let flags = ["true": true, "false": false]
}
