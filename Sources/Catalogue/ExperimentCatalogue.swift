import Foundation
import RunSupport

/// All experiments: one YAML file each, in a folder per paper, and the published numbers beside them.
package struct ExperimentCatalogue: Sendable {
  package let directory: String
  package let published: PublishedNumbers
  private let files: [ExperimentFile]

  /// The copy that was built into the executables; Make passes the source folder instead, so that an edit needs no build.
  package static var bundledDirectory: String {
    Bundle.module.resourceURL?.appendingPathComponent("Experiments").path ?? "Sources/Catalogue/Experiments"
  }

  /// Reads and checks every file at every preset.
  ///
  /// - Throws: `StageError`: `missingInput` without the folder, `badConfiguration` for the first file that is wrong.
  package static func load(directory: String = bundledDirectory) throws -> ExperimentCatalogue {
    let manager = FileManager.default
    guard let folders = try? manager.contentsOfDirectory(atPath: directory) else {
      throw StageError(
        .missingInput, "no catalogue of experiments", where: directory, why: "the folder does not exist or may not be read",
        fix: "name the folder with --catalogue, usually Sources/Catalogue/Experiments")
    }
    let paths = folders.sorted().flatMap { folder in
      let names = (try? manager.contentsOfDirectory(atPath: "\(directory)/\(folder)")) ?? []
      return names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted().map { "\(directory)/\(folder)/\($0)" }
    }
    return ExperimentCatalogue(
      directory: directory, published: try PublishedNumbers(fromFile: "\(directory)/published.csv"),
      files: try paths.map(ExperimentFile.init))
  }

  package var ids: [String] { files.map(\.id) }

  /// Every experiment at one preset, ordered by id.
  package func experiments(at preset: Preset) -> [Experiment] {
    files.flatMap(\.experiments).filter { $0.preset == preset }
  }

  /// Every experiment at every preset.
  package var all: [Experiment] { files.flatMap(\.experiments) }

  /// The path of an experiment's file below the catalogue.
  package func relativePath(of experiment: Experiment) -> String { "\(experiment.paper)/\(experiment.id).yaml" }

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
