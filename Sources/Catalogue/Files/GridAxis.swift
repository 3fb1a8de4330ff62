import RunSupport

/// One line of `vary`: the values that a grid of experiments runs through in one direction.
///
/// `model.layer.timestepMaximum: [0.003, 0.01]` sets a value; its points are labelled by the values, or by the keys of a mapping. Under any
/// other name the points are a mapping of labels to what changes there, written as in a file, or a list of labels for `base`.
struct GridAxis: Sendable {
  struct Point: Sendable {
    let label: String
    /// What the point says, from the root; nil for a label alone.
    let change: ConfigurationTree?
  }

  /// What stands between angle brackets for the label: the name behind its last dot.
  let name: String
  let points: [Point]
  let location: String

  /// Whether its labels are all that there is.
  var isLabelOnly: Bool { points.allSatisfy { $0.change == nil } }

  /// - Throws: `StageError` (`badConfiguration`) for an axis without points, for points of the wrong type, and for two axes of one name.
  static func all(reading node: ConfigurationNode) throws -> [GridAxis] {
    var names: Set<String> = []
    return try node.entries().map { key, value in
      let axis = try GridAxis(key, reading: value)
      guard names.insert(axis.name).inserted else {
        throw StageError(
          .badConfiguration, "two axes are called \(axis.name)", where: value.keyLocation, why: "<\(axis.name)> would mean both",
          fix: "vary both values in one axis: under a name of its own, with labels for its points")
      }
      return axis
    }
  }

  private init(_ key: String, reading node: ConfigurationNode) throws {
    name = key.split(separator: ".").last.map(String.init) ?? key
    location = node.keyLocation
    let isValue = key.contains(".") || Experiment.Key(rawValue: key) != nil
    switch node.tree.content {
    case .list:
      points = try node.list().map { value in
        guard let label = value.tree.scalar, !value.isNull else { throw value.wrongType("a value, or labels before lists and mappings") }
        return Point(label: label, change: isValue ? value.tree.nested(under: key) : nil)
      }
    case .mapping:
      points = try node.entries().map { label, value in
        if isValue { return Point(label: label, change: value.tree.nested(under: key)) }
        return Point(label: label, change: value.isNull ? nil : try Self.change(value))
      }
    case .scalar: throw node.wrongType("a list of values or a mapping of labels to what changes")
    }
    guard !points.isEmpty else { throw node.wrongType("at least one value") }
  }

  private static func change(_ node: ConfigurationNode) throws -> ConfigurationTree {
    for (key, value) in try node.entries() where ["base", "id", "vary"].contains(key) {
      throw StageError(
        .badConfiguration, "\(value.path) belongs to the whole file", where: value.keyLocation,
        why: "a point of a grid changes values only",
        fix: "move it to the top of the file; `<name>` in it is replaced by the labels of an axis")
    }
    return node.tree
  }
}
