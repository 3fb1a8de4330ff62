import ArgumentParser
import Experiments

/// Where a tool finds the experiments.
package struct CatalogueOptions: ParsableArguments {
  @Option(help: "Folder of the experiments' YAML files (default: the copy in this executable).", completion: .directory)
  var catalogue: String?

  package init() {}

  /// Reads every experiment.
  ///
  /// - Throws: `StageError` as of `Catalogue.load`.
  package func load() throws -> Catalogue { try Catalogue.load(directory: catalogue ?? Catalogue.bundledDirectory) }
}
