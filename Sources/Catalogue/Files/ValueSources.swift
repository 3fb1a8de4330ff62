import RunSupport

/// The section `sources` of a file: where each value that the file sets comes from, by dotted key or the dotted key of a whole section.
///
/// A source belongs to the values of its own file, so that who inherits a value inherits its source, and who changes it names another.
struct ValueSources: Sendable {
  private let sources: [(key: String, source: ValueSource, place: String)]

  /// Parts of an experiment whose values need a source.
  static let sections: Set = ["statistic", "seeds", "data", "model", "training"]

  init(reading node: ConfigurationNode?) throws {
    sources = try node?.entries().map { ($0, try ValueSource(reading: $1), $1.keyLocation) } ?? []
  }

  /// Whether any of them marks a choice of ours.
  var hasOurs: Bool { sources.contains(where: \.source.isOurs) }

  /// The source of a value: that of the longest key that covers it.
  func source(of path: String) -> ValueSource? {
    sources.filter { Self.covers($0.key, path) }.max { $0.key.utf8.count < $1.key.utf8.count }?.source
  }

  /// Checks that every value of the file has a source and every source a value.
  ///
  /// - Throws: `StageError` (`badConfiguration`) naming the first value or source that stands alone.
  func check(values tree: ConfigurationTree) throws {
    let leaves = tree.entries.filter { Self.sections.contains($0.key) }.flatMap { $0.value.leaves($0.key) }.filter { !$0.value.isNull }
    for leaf in leaves where !sources.contains(where: { Self.covers($0.key, leaf.path) }) {
      throw StageError(
        .badConfiguration, "no source is given for \(leaf.path)", where: leaf.value.location,
        why: "every value of an experiment names where it comes from",
        fix: "add `\(leaf.path): …` under `sources`")
    }
    for (key, _, place) in sources where !leaves.contains(where: { Self.covers(key, $0.path) }) {
      let nearest = NearestName.suggestion(for: key, among: leaves.map(\.path))
      throw StageError(
        .badConfiguration, "a source is given for \(key), which is no value", where: place,
        why: "no key of this file begins with it, and a source stands beside the value that it belongs to",
        fix: nearest.map { "did you mean `\($0)`?" } ?? "remove it, or say the value here")
    }
  }

  private static func covers(_ prefix: String, _ path: String) -> Bool {
    guard path.utf8.starts(with: prefix.utf8) else { return false }
    let rest = path.utf8.dropFirst(prefix.utf8.count)
    return rest.isEmpty || rest.first == UInt8(ascii: ".")
  }
}
