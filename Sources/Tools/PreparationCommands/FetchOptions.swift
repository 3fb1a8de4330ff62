import ArgumentParser
import DatasetPreparation

/// What `download` takes besides the raw folder.
package struct FetchOptions: ParsableArguments {
  @Option(help: "Folder that may hold the files already.", completion: .directory) package var mirror: String?
  @Option(help: "List of sources.", completion: .file()) package var sources = "data/sources.yaml"

  package init() {}

  /// Obtains files of a dataset.
  ///
  /// - Throws: `StageError` as of `RawCollector`.
  package func fetch(_ names: [String], of dataset: String, to folder: String, allowStandIns: Bool = false) throws {
    try RawDownload.run(
      dataset: dataset, names: names, sources: sources, folder: folder, mirror: mirror, allowStandIns: allowStandIns)
  }
}
