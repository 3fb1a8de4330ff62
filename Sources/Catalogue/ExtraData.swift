import Datasets
import Foundation
import Vocabulary

/// Data that are prepared although no experiment reads them: `data.yaml` beside the experiments.
package struct ExtraData: Sendable {
  static let fileName = "data.yaml"

  /// By preset, or by a purpose such as `analytic`.
  private let lists: [String: [DataDescription]]

  init() { lists = [:] }

  /// - Throws: `StageError` (`badConfiguration`) for anything that is not data with a recipe.
  init(fromFile path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      lists = [:]
      return
    }
    let root = try ConfigurationFile(path: path, fix: "restore it").root
    lists = try root.entries().reduce(into: [:]) { lists, entry in
      lists[entry.key] = try entry.value.list().map { try DataSpecification(reading: $0).description }
    }
  }

  /// The names of all lists that are for a purpose.
  package var purposes: [String] { lists.keys.filter { Preset(rawValue: $0) == nil }.sorted() }

  package func list(_ name: String) -> [DataDescription] { lists[name] ?? [] }
}
