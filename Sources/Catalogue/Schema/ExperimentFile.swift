import Foundation
import RunSupport
import Yams

/// One file of the catalogue: an experiment and its presets.
struct ExperimentFile: Sendable {
  let path: String
  /// The file's name.
  let id: String
  /// The folder's name.
  let paper: String
  /// Resolved at every preset, in the order of `Preset`.
  let experiments: [Experiment]

  /// Parts of an experiment that a preset may change.
  private enum OverrideKey: String, CaseIterable { case seeds, expectedHours, data, model, training }

  /// - Throws: `StageError` (`badConfiguration`) for anything wrong at any preset.
  init(path: String) throws {
    let url = URL(fileURLWithPath: path)
    let id = url.deletingPathExtension().lastPathComponent
    let paper = url.deletingLastPathComponent().lastPathComponent
    guard id.hasPrefix("\(paper)-") else {
      throw StageError(
        .badConfiguration, "the experiment \(id) is in the wrong folder", where: path, why: "ids begin with their paper, here `\(paper)-`",
        fix: "rename the file or move it")
    }
    let root = try ConfigurationFile(path: path, fix: "choose one that `make plan` lists").root
    let section = try root.section(Experiment.Key.self)
    try ValueSources(reading: section[.sources]).check(values: section)
    let presets = try section[.presets].section(Preset.self)
    self.path = path
    self.id = id
    self.paper = paper
    experiments = try Preset.allCases.map { preset in
      let override = try presets[preset]
      _ = try override.section(OverrideKey.self)
      let merged = ConfigurationNode(file: path, path: "", node: Self.merge(override.node, into: root.node))
      return try Experiment(reading: merged, id: id, paper: paper, preset: preset)
    }
  }

  /// Mappings are merged key by key, where null takes a key away; numbers, texts and lists are replaced. A null for a key that is not there
  /// stays, so that reading finds keys that do not exist.
  static func merge(_ override: Node, into base: Node) -> Node {
    guard case .mapping(var result) = base, case .mapping(let changes) = override else { return override }
    for (key, value) in changes {
      let isNull = ConfigurationNode(file: "", path: "", node: value).isNull
      result[key] = result[key].map { isNull ? nil : merge(value, into: $0) } ?? value
    }
    return .mapping(result)
  }
}
