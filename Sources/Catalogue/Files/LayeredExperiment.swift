import RunSupport

/// An experiment as the files of the catalogue say it together.
struct LayeredExperiment: Sendable {
  let id: String
  let layers: [CatalogueFile.Layer]
  private let presets: ConfigurationNode
  /// What all files say together at each preset; its texts name that preset's values.
  private let trees: [Preset: ConfigurationTree]

  /// Parts of an experiment that a preset may change.
  private enum OverrideKey: String, CaseIterable { case seeds, data, model, training, provesPathOnly }

  /// - Throws: `StageError` (`badConfiguration`) if a file takes away what no base has, and for names in texts that stand for nothing.
  init(_ layers: [CatalogueFile.Layer]) throws {
    let last = layers[layers.count - 1]
    (id, self.layers) = (last.id, layers)
    let trees = layers.map { $0.tree.without("presets") }
    var root = trees[0]
    for tree in trees.dropFirst() {
      try Self.checkNulls(of: tree, in: root)
      root = root.merged(with: tree, null: .removes)
    }
    let overrides = layers.compactMap { $0.tree["presets"] }
    let none = ConfigurationTree([], in: root.file, line: root.line)
    let merged = overrides.dropFirst().reduce(overrides.first ?? none) { $0.merged(with: $1, null: .stays) }
    presets = ConfigurationNode(merged, path: "presets")
    let reported = root
    self.trees = try Preset.allCases.reduce(into: [:]) { trees, preset in
      trees[preset] = try Self.completed(merged[preset.rawValue].map { reported.merged(with: $0, null: .removes) } ?? reported)
    }
  }

  /// Replaces names in texts by the values of the same tree.
  private static func completed(_ values: ConfigurationTree) throws -> ConfigurationTree {
    try ["title", "answers"].reduce(values) { tree, key in
      try tree.replacing(key) { texts in
        try texts.mappingTexts { try TextPattern.complete($1, of: $0, among: values.leaves().map(\.path)) { values.value(at: $0)?.scalar } }
      }
    }
  }

  /// The experiment at every preset, in the order of `Preset`.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for anything wrong at any preset.
  func experiments() throws -> [Experiment] {
    let section = try presets.section(Preset.self)
    try checkSources()
    return try Preset.allCases.map { preset in
      // Nothing need be said of what a paper reports: it is the experiment itself.
      if let override = try preset == .paper ? section.optional(preset) : section[preset] { _ = try override.section(OverrideKey.self) }
      return try Experiment(
        reading: ConfigurationNode(tree(at: preset)), id: id, paper: last.file.folder, preset: preset,
        ownReadings: ownReadings(at: preset))
    }
  }

  /// Where each value at a preset stands, in the order of `Experiment.Key`.
  func origins(at preset: Preset) -> [ValueOrigin] {
    let tree = tree(at: preset)
    return Experiment.Key.allCases.flatMap { key in tree[key.rawValue]?.leaves(key.rawValue) ?? [] }.map { path, value in
      let layer = layers.last { $0.tree.value(at: path).map { $0.file == value.file && $0.line == value.line } ?? false }
      return ValueOrigin(path: path, value: value.written, place: value.location, source: layer?.sources.source(of: path))
    }
  }

  private func ownReadings(at preset: Preset) -> [String] {
    layers.contains(where: \.sources.hasOurs) ? origins(at: preset).filter { $0.source?.isOurs == true }.map(\.path) : []
  }

  /// Checks that every reported value has a source, whichever file says it: also what the preset `paper` changes.
  private func checkSources() throws {
    for origin in origins(at: .paper) where origin.source == nil {
      guard let section = origin.path.split(separator: ".").first, ValueSources.sections.contains(String(section)) else { continue }
      throw StageError(
        .badConfiguration, "no source is given for \(origin.path) of \(id)", where: origin.place,
        why: "every value of a reported configuration names where it comes from, and a preset names no sources",
        fix: "say the value outside of `presets`, with `\(origin.path): …` under `sources`")
    }
  }

  private var last: CatalogueFile.Layer { layers[layers.count - 1] }

  private func tree(at preset: Preset) -> ConfigurationTree { trees[preset]! }

  private static func checkNulls(of tree: ConfigurationTree, in base: ConfigurationTree) throws {
    for (path, value) in tree.leaves() where value.isNull && base.value(at: path) == nil {
      let nearest = NearestName.suggestion(for: path, among: base.leaves().map(\.path))
      throw StageError(
        .badConfiguration, "\(path) cannot be taken away", where: value.keyLocation, why: "no base has this value",
        fix: nearest.map { "did you mean `\($0)`?" } ?? "remove the line")
    }
  }
}
