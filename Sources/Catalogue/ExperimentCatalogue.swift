import Foundation
import RunSupport

/// All experiments: files in a folder per paper, what they share in the folders `methods` and `tasks`, the published numbers, what else is
/// prepared, and the claims that the runs decide.
package struct ExperimentCatalogue: Sendable {
  package let directory: String
  package let published: PublishedNumbers
  package let extraData: ExtraData
  package let claims: [Claim]
  /// Every experiment at every preset.
  package let all: [Experiment]
  package let ids: [String]
  /// What is wrong with files; the experiments that rest on these are left out.
  package let problems: [Problem]
  private let layered: [String: LayeredExperiment]

  /// A mistake of the catalogue, and what it costs.
  package struct Problem: Sendable {
    package let error: StageError
    /// Ids of the experiments that rest on the file, as far as they are known.
    package fileprivate(set) var leftOut: [String]
  }

  /// The copy that was built into the executables; Make passes the source folder instead, so that an edit needs no build.
  package static var bundledDirectory: String {
    Bundle.module.resourceURL?.appendingPathComponent("Experiments").path ?? "Sources/Catalogue/Experiments"
  }

  /// Reads and checks every experiment at every preset.
  ///
  /// - Throws: `StageError`: `missingInput` without the folder, `badConfiguration` for the first file that is wrong.
  package static func load(directory: String = bundledDirectory) throws -> ExperimentCatalogue {
    let catalogue = try loadSound(directory: directory)
    if let problem = catalogue.problems.first { throw problem.error }
    return catalogue
  }

  /// Reads every experiment and leaves out those that rest on a file with a mistake.
  ///
  /// - Throws: `StageError`: `missingInput` without the folder, `badConfiguration` for a mistake in the published numbers.
  package static func loadSound(directory: String = bundledDirectory) throws -> ExperimentCatalogue {
    let folder = try CatalogueFolder(directory)
    var problems = folder.problems.map { Problem(error: $0, leftOut: []) }
    func note(_ error: StageError, of id: String?) {
      if !problems.contains(where: { $0.error == error }) { problems.append(Problem(error: error, leftOut: [])) }
      if let id, let index = problems.firstIndex(where: { $0.error == error }) { problems[index].leftOut.append(id) }
    }
    for (id, error) in folder.brokenExperiments { note(error, of: id) }
    var sound: [(layered: LayeredExperiment, experiments: [Experiment])] = []
    for id in folder.ids {
      do {
        let layered = try LayeredExperiment(folder.layers(of: id))
        sound.append((layered, try layered.experiments()))
      } catch let error as StageError {
        note(error, of: id)
      }
    }
    var extraData = ExtraData()
    do { extraData = try ExtraData(fromFile: "\(directory)/\(ExtraData.fileName)") } catch let error as StageError { note(error, of: nil) }
    let (claims, claimProblems) = try Claim.all(in: directory, experiments: Set(folder.ids))
    for error in claimProblems { note(error, of: nil) }
    return ExperimentCatalogue(
      directory: directory, published: try PublishedNumbers(fromFile: "\(directory)/published.csv"), extraData: extraData, claims: claims,
      all: sound.flatMap(\.experiments), ids: sound.map(\.layered.id), problems: problems,
      layered: Dictionary(uniqueKeysWithValues: sound.map { ($0.layered.id, $0.layered) }))
  }

  /// This catalogue with some of its experiments alone.
  package func keeping(_ ids: Set<String>) -> ExperimentCatalogue {
    ExperimentCatalogue(
      directory: directory, published: published, extraData: extraData, claims: claims, all: all.filter { ids.contains($0.id) },
      ids: self.ids.filter(ids.contains), problems: problems,
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
  /// - Throws: `StageError` (`badConfiguration`) for an unknown id, suggesting the nearest one, and for one that rests on a file with a mistake.
  package func resolve(id: String, preset: Preset) throws -> Experiment {
    if let found = all.first(where: { $0.id == id && $0.preset == preset }) { return found }
    if let problem = problems.first(where: { $0.leftOut.contains(id) }) { throw problem.error }
    let nearest = NearestName.suggestion(for: id, among: ids)
    throw StageError(
      .badConfiguration, id.isEmpty ? "no experiment is named" : "unknown experiment \(id)", where: directory,
      why: "it is none of the \(ids.count) that `make plan` lists",
      fix: nearest.map { "did you mean \($0)?" } ?? "name one of them: EXPERIMENT=id, or --experiment id")
  }
}
