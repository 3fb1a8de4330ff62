import ArgumentParser
import Catalogue

/// Where a tool finds the experiments.
package struct CatalogueOptions: ParsableArguments {
  @Option(help: "Folder of the experiments' YAML files (default: the copy in this executable).", completion: .directory)
  var catalogue: String?

  package init() {}

  /// Reads every experiment.
  ///
  /// - Throws: `StageError` as of `ExperimentCatalogue.load`.
  package func load() throws -> ExperimentCatalogue {
    try ExperimentCatalogue.load(directory: catalogue ?? ExperimentCatalogue.bundledDirectory)
  }
}
