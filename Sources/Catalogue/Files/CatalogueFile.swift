import RunSupport

/// A file of the catalogue as it is written: an experiment, a grid of experiments, or what several of them share.
struct CatalogueFile: Sendable {
  /// What one file says about one experiment: all of it, or a point of its grid.
  struct Layer: Sendable {
    /// Id of the experiment, or name of the shared file.
    let id: String
    let file: CatalogueFile
    /// Ids of experiments or names of shared files, later ones over earlier ones.
    let bases: [String]
    /// What the file says, without `base`, `id` and `vary`.
    let tree: ConfigurationTree
    let sources: ValueSources
  }

  /// Folders of files that are no experiments.
  static let sharedFolders: Set = ["methods", "tasks"]

  /// Below the catalogue: `dfout/dfout-lra-image.yaml`.
  let relativePath: String
  /// The short name of the paper, or the folder of shared files.
  let folder: String
  let name: String
  private let bases: [ConfigurationNode]
  private let id: ConfigurationNode?
  private let axes: [GridAxis]
  private let own: ConfigurationTree

  var isShared: Bool { Self.sharedFolders.contains(folder) }

  /// - Throws: `StageError` (`badConfiguration`) for a file that is not YAML, unknown keys, and a grid without ids or without an effect.
  init(directory: String, folder: String, name: String) throws {
    relativePath = "\(folder)/\(name).yaml"
    self.folder = folder
    self.name = name
    let root = try ConfigurationFile(path: "\(directory)/\(relativePath)", fix: "choose one that `make plan` lists").root
    let section = try root.section(Experiment.Key.self)
    if let base = section.optional(.base), case .list = base.tree.content {
      bases = try base.list()
    } else {
      bases = section.optional(.base).map { [$0] } ?? []
    }
    id = section.optional(.id)
    axes = try section.optional(.vary).map(GridAxis.all) ?? []
    own = root.tree.without("base", "id", "vary")
    try check(root)
  }

  private func check(_ root: ConfigurationNode) throws {
    if isShared, let node = id ?? (axes.isEmpty ? nil : root) {
      throw StageError(
        .badConfiguration, "\(name) cannot be an experiment", where: node.location, why: "files of \(folder) are what experiments share",
        fix: "move the file to the folder of its paper, or remove `id` and `vary`")
    }
    guard (id == nil) == axes.isEmpty else {
      throw StageError(
        .badConfiguration, id == nil ? "the grid has no ids" : "an id without a grid", where: (id ?? root).location,
        why: "a grid names its experiments by `id`, such as \(folder)-task-<name>; any other experiment is named by its file",
        fix: id == nil ? "add `id:` with the name of every axis in angle brackets" : "remove `id`, or add `vary`")
    }
    for axis in axes where axis.isLabelOnly {
      guard try bases.contains(where: { try $0.text().contains("<\(axis.name)>") }) else {
        throw StageError(
          .badConfiguration, "the axis \(axis.name) changes nothing", where: axis.location,
          why: "it is no value, has labels only, and `base` does not hold <\(axis.name)>",
          fix: "correct its name, or say what its points change")
      }
    }
  }

  /// What the file says about each of its experiments, or about those that share it.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for an id of another paper, and a value without a source or a source without a value.
  func layers() throws -> [Layer] {
    if isShared { return [try layer([])] }
    return try axes.reduce([[]]) { points, axis in points.flatMap { point in axis.points.map { point + [(axis.name, $0)] } } }.map(layer)
  }

  private func layer(_ point: [(axis: String, at: GridAxis.Point)]) throws -> Layer {
    let labels = Dictionary(point.map { ($0.axis, $0.at.label) }) { $1 }
    func labelled(_ node: ConfigurationNode) throws -> String {
      try TextPattern.complete(node.text(), of: node.tree, among: labels.keys.sorted()) { labels[String($0)] }
    }
    let id = try self.id.map(labelled) ?? name
    guard isShared || id.hasPrefix("\(folder)-") else {
      throw StageError(
        .badConfiguration, "the experiment \(id) is in the wrong folder", where: self.id?.location ?? own.file,
        why: "ids begin with their paper, here `\(folder)-`", fix: "rename the file or move it")
    }
    guard id.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil else {
      throw StageError(
        .badConfiguration, "the name \(id) cannot be that of a run's folder", where: self.id?.location ?? own.file,
        why: "names are made of letters, digits, dots, hyphens and underscores", fix: "rename the file, or correct `id`")
    }
    let tree = point.compactMap(\.at.change).reduce(own) { $0.merged(with: $1, null: .stays) }
    let filled = ["title", "answers"].reduce(tree) { tree, key in
      tree.replacing(key) { $0.mappingTexts { TextPattern.filled($1) { labels[String($0)] } } }
    }
    let sources = try ValueSources(reading: filled["sources"].map { ConfigurationNode($0, path: "sources") })
    try sources.check(values: filled)
    return Layer(
      id: id, file: self, bases: try bases.map(labelled),
      tree: filled.without("sources"), sources: sources)
  }
}
