import Foundation
import RunSupport

/// All experiments: files in a folder per paper, what they share in the folders `methods` and `tasks`, the published numbers and what
/// else is prepared.
package struct ExperimentCatalogue: Sendable {
  package let directory: String
  package let published: PublishedNumbers
  package let extraData: ExtraData
  /// Every experiment at every preset.
  package let all: [Experiment]
  package let ids: [String]
  private let layered: [String: LayeredExperiment]

  /// The copy that was built into the executables; Make passes the source folder instead, so that an edit needs no build.
  package static var bundledDirectory: String {
    Bundle.module.resourceURL?.appendingPathComponent("Experiments").path ?? "Sources/Catalogue/Experiments"
  }

  /// Reads and checks every experiment at every preset.
  ///
  /// - Throws: `StageError`: `missingInput` without the folder, `badConfiguration` for the first file that is wrong.
  package static func load(directory: String = bundledDirectory) throws -> ExperimentCatalogue {
    let folder = try CatalogueFolder(directory)
    let layered = try folder.ids.map { try LayeredExperiment(folder.layers(of: $0)) }
    return ExperimentCatalogue(
      directory: directory, published: try PublishedNumbers(fromFile: "\(directory)/published.csv"),
      extraData: try ExtraData(fromFile: "\(directory)/data.yaml"),
      all: try layered.flatMap { try $0.experiments() }, ids: folder.ids,
      layered: Dictionary(uniqueKeysWithValues: layered.map { ($0.id, $0) }))
  }

  /// This catalogue with some of its experiments alone.
  package func keeping(_ ids: Set<String>) -> ExperimentCatalogue {
    ExperimentCatalogue(
      directory: directory, published: published, extraData: extraData, all: all.filter { ids.contains($0.id) },
      ids: self.ids.filter(ids.contains),
      layered: layered.filter { ids.contains($0.key) })
  }

  /// Every experiment at one preset, ordered by id.
  package func experiments(at preset: Preset) -> [Experiment] { all.filter { $0.preset == preset } }

  /// Where each value of an experiment stands.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for an unknown id.
  package func origins(id: String, preset: Preset) throws -> [ValueOrigin] {
    layered[try resolve(id: id, preset: preset).id]?.origins(at: preset) ?? []
  }

  /// One experiment at one preset.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for an unknown id, suggesting the nearest one.
  package func resolve(id: String, preset: Preset) throws -> Experiment {
    if let found = all.first(where: { $0.id == id && $0.preset == preset }) { return found }
    let nearest = NearestName.suggestion(for: id, among: ids)
    throw StageError(
      .badConfiguration, id.isEmpty ? "no experiment is named" : "unknown experiment \(id)", where: directory,
      why: "it is none of the \(ids.count) that `make plan` lists",
      fix: nearest.map { "did you mean \($0)?" } ?? "name one of them: EXPERIMENT=id, or --experiment id")
  }
}
