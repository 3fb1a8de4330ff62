import RunSupport
import Yams

/// One value of a configuration file, read strictly: a wrong type or an impossible value is an error with file, line and dotted path.
struct ConfigurationNode {
  let file: String
  /// Keys from the root, joined by dots; empty for the root.
  let path: String
  let node: Node
  /// Where the key of this value stands; a value that is a mapping begins a line below.
  var keyMark: Mark?

  /// Whether the value is absent in spirit: `key:` or `key: null`.
  var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// Free text; what looks like a number or a flag must be quoted.
  func text() throws -> String {
    guard case .scalar(let scalar) = node, !isNull else { throw wrongType("text") }
    if isPlain, Double(scalar.string) != nil || Self.flags[scalar.string] != nil { throw wrongType("text") }
    return scalar.string
  }

  func integer(_ wanted: String, _ holds: (Int) -> Bool) throws -> Int {
    guard isPlain, let value = Int(scalarText) else { throw wrongType("a whole number") }
    guard holds(value) else { throw impossible(wanted) }
    return value
  }

  /// A number of things from 1 to `limit`, which is far above anything sensible and keeps sizes computable.
  func count(upTo limit: Int, of things: String) throws -> Int {
    try integer("from 1 to \(limit) \(things)") { (1...limit).contains($0) }
  }

  func number(_ wanted: String, _ holds: (Double) -> Bool) throws -> Double {
    guard isPlain, let value = Double(scalarText), value.isFinite else { throw wrongType("a number") }
    guard holds(value) else { throw impossible(wanted) }
    return value
  }

  func flag() throws -> Bool {
    guard isPlain, let value = Self.flags[scalarText] else { throw wrongType("true or false") }
    return value
  }

  func choice<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) throws -> Value where Value.RawValue == String {
    guard case .scalar(let scalar) = node, !isNull else { throw wrongType("a name") }
    if let value = Value(rawValue: scalar.string) { return value }
    throw unknownName(scalar.string, allowed: Value.allCases.map(\.rawValue))
  }

  func list() throws -> [ConfigurationNode] {
    guard case .sequence(let sequence) = node else { throw wrongType("a list") }
    return sequence.enumerated().map { ConfigurationNode(file: file, path: "\(path)[\($0)]", node: $1) }
  }

  /// The entries of a mapping in the order of the file.
  func entries() throws -> [(key: String, value: ConfigurationNode)] {
    guard case .mapping(let mapping) = node else { throw wrongType("a mapping of keys to values") }
    return try mapping.map { pair in
      guard case .scalar(let key) = pair.key else { throw wrongType("a mapping whose keys are names") }
      return (key.string, child(key.string, keyMark: pair.key.mark, value: pair.value))
    }
  }

  /// A mapping whose keys are exactly known.
  func section<Key>(_ keys: Key.Type) throws -> ConfigurationSection<Key> {
    try ConfigurationSection(self)
  }

  /// `file, line 12`; only the file where the line is not known.
  var location: String { Self.location(in: file, node.mark) }

  /// The same for the value's key.
  var keyLocation: String { Self.location(in: file, keyMark ?? node.mark) }

  private static func location(in file: String, _ mark: Mark?) -> String { mark.map { "\(file), line \($0.line)" } ?? file }

  func unknownName(_ name: String, allowed: [String]) -> StageError {
    let nearest = NearestName.suggestion(for: name, among: allowed)
    return StageError(
      .badConfiguration, "unknown value `\(name)` for \(path)", where: location, why: "allowed are \(allowed.joined(separator: ", "))",
      fix: nearest.map { "did you mean `\($0)`?" } ?? "use one of the allowed values")
  }

  func impossible(_ wanted: String) -> StageError {
    StageError(
      .badConfiguration, "impossible value \(path): \(scalarText)", where: location, why: "it must be \(wanted)", fix: "correct the value")
  }

  private func wrongType(_ wanted: String) -> StageError {
    StageError(
      .badConfiguration, "wrong type of value for \(path.isEmpty ? "the file" : path)", where: location,
      why: "expected \(wanted), found \(found)", fix: "correct the value")
  }

  private func child(_ key: String, keyMark: Mark?, value: Node) -> ConfigurationNode {
    ConfigurationNode(file: file, path: path.isEmpty ? key : "\(path).\(key)", node: value, keyMark: keyMark)
  }

  private var found: String {
    switch node {
    case .mapping: "a mapping"
    case .sequence: "a list"
    default: isNull ? "nothing" : isPlain ? "`\(scalarText)`" : "the text \"\(scalarText)\""
    }
  }

  private var scalarText: String { node.scalar?.string ?? "" }

  private var isPlain: Bool { node.scalar.map { $0.style == .plain || $0.style == .any } ?? false }

  private static let flags = ["true": true, "false": false]
}
