import Catalogue
import RunSupport
import Runs

/// Every figure that is drawn from finished runs.
package enum FigureList {
  /// Figures of the papers, and learning curves of each group of the catalogue.
  package static func all(_ catalogue: ExperimentCatalogue) -> [FigureDefinition] {
    let groups = Set(catalogue.all.map(\.group)).sorted()
    return papers + [FigureDefinition.kernels] + groups.map(FigureDefinition.learningCurves(group:))
  }

  private static let papers: [FigureDefinition] = [
    .waveErrors, .wavePoles, .wavePoleTrajectories, .ablation, .denoisingErrors, .denoisingPictures,
    .videoHorizon, .videoFilm, .videoAnimation,
    .initializations, .ranks, .hopeScifar, .noisyScifar, .trainedPerturbation,
    .localKernels, .delay, .scifarCut, .sensitivity, .layerKernels, .trainedPoles,
  ]

  /// What figures read of the large tables of a run.
  package static func excerpts(of experiment: Experiment) -> [TableExcerpt] {
    (papers + [FigureDefinition.kernels]).filter { $0.needs(experiment) }.flatMap { $0.excerpts(experiment) }
  }

  /// Figures by name.
  ///
  /// - Throws: `StageError` (`usage`) for an unknown name, suggesting the nearest one.
  package static func named(_ names: [String], _ catalogue: ExperimentCatalogue) throws -> [FigureDefinition] {
    let all = all(catalogue)
    return try names.isEmpty
      ? all
      : names.map { name in
        if let found = all.first(where: { $0.name == name }) { return found }
        throw StageError(
          .usage, "there is no figure \(name)", where: "--name", why: "known are \(all.map(\.name).joined(separator: ", "))",
          fix: NearestName.suggestion(for: name, among: all.map(\.name)).map { "did you mean \($0)?" } ?? "choose one of them")
      }
  }
}
