import RunSupport

/// The section `sources` of an experiment: where each value comes from, by dotted key or the dotted key of a whole section.
struct ValueSources {
  private let texts: [(key: String, value: ConfigurationNode)]

  init(reading node: ConfigurationNode) throws {
    texts = try node.entries()
    for (_, value) in texts { _ = try value.text() }
  }

  /// Checks that every value has a source and every source a value.
  ///
  /// - Throws: `StageError` (`badConfiguration`) naming the first value or source that stands alone.
  func check(values section: ConfigurationSection<Experiment.Key>) throws {
    let keys: [Experiment.Key] = [.statistic, .seeds, .data, .model, .training]
    let leaves = try keys.flatMap { try Self.leaves(of: section[$0]) }
    for leaf in leaves where !texts.contains(where: { Self.covers($0.key, leaf.path) }) {
      throw StageError(
        .badConfiguration, "no source is given for \(leaf.path)", where: leaf.location,
        why: "every value of an experiment names where it comes from",
        fix: "add `\(leaf.path): …` under `sources`")
    }
    for (key, value) in texts where !leaves.contains(where: { Self.covers(key, $0.path) }) {
      let nearest = NearestName.suggestion(for: key, among: leaves.map(\.path))
      throw StageError(
        .badConfiguration, "a source is given for \(key), which is no value", where: value.location, why: "no key begins with it",
        fix: nearest.map { "did you mean `\($0)`?" } ?? "remove it")
    }
  }

  private static func covers(_ prefix: String, _ path: String) -> Bool {
    path == prefix || path.hasPrefix("\(prefix).")
  }

  /// Values that are no mapping, and empty mappings.
  private static func leaves(of node: ConfigurationNode) throws -> [ConfigurationNode] {
    guard case .mapping(let mapping) = node.node, !mapping.isEmpty else { return [node] }
    return try node.entries().flatMap { try leaves(of: $0.value) }
  }
}
