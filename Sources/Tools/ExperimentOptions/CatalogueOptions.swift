import ArgumentParser
import Catalogue
import RunSupport

/// Where a tool finds the experiments.
package struct CatalogueOptions: ParsableArguments {
  @Option(help: "Folder of the experiments' YAML files (default: the copy in this executable).", completion: .directory)
  package var catalogue: String?

  package init() {}

  /// Reads every experiment; of those that rest on a file with a mistake a warning says so, the others are there.
  ///
  /// - Parameter warns: false where an earlier tool has said it.
  /// - Throws: `StageError` as of `ExperimentCatalogue.loadSound`.
  package func load(warns: Bool = true) throws -> ExperimentCatalogue {
    let catalogue = try ExperimentCatalogue.loadSound(directory: catalogue ?? ExperimentCatalogue.bundledDirectory)
    for problem in warns ? catalogue.problems : [] {
      let names = problem.leftOut.prefix(5).joined(separator: ", ")
      let more = problem.leftOut.count > 5 ? " and \(problem.leftOut.count - 5) more" : ""
      Messages.line("warning: \(problem.error)\(names.isEmpty ? "" : "\n  left out: \(names)\(more)")")
    }
    return catalogue
  }
}
