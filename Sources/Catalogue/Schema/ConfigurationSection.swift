import RunSupport

/// A mapping of a configuration file whose possible keys are the cases of `Key`; any other key is an error that suggests the nearest one.
struct ConfigurationSection<Key: CaseIterable & RawRepresentable & Hashable> where Key.RawValue == String {
  let node: ConfigurationNode
  private var values: [Key: ConfigurationNode] = [:]

  init(_ node: ConfigurationNode) throws {
    self.node = node
    for (name, value) in try node.entries() {
      guard let key = Key(rawValue: name) else { throw Self.unknownKey(value, name: name) }
      values[key] = value
    }
  }

  /// The value of a key that must be there.
  subscript(key: Key) -> ConfigurationNode {
    get throws {
      if let value = optional(key) { return value }
      let path = node.path.isEmpty ? key.rawValue : "\(node.path).\(key.rawValue)"
      throw StageError(
        .badConfiguration, "the key \(path) is missing", where: node.location, why: "it has no default",
        fix: "add `\(key.rawValue):` with its value")
    }
  }

  /// The value of a key, or nil if it is absent or null.
  func optional(_ key: Key) -> ConfigurationNode? {
    values[key].flatMap { $0.isNull ? nil : $0 }
  }

  private static func unknownKey(_ value: ConfigurationNode, name: String) -> StageError {
    let allowed = Key.allCases.map(\.rawValue)
    let nearest = NearestName.suggestion(for: name, among: allowed)
    return StageError(
      .badConfiguration, "unknown key \(value.path)", where: value.keyLocation, why: "the keys here are \(allowed.joined(separator: ", "))",
      fix: nearest.map { "did you mean `\($0)`?" } ?? "remove it")
  }
}
