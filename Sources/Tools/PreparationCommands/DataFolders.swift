import ArgumentParser
import DatasetPreparation

/// The options that name the folders which `verify` and `describe` look at.
package protocol DataFolders: ParsableArguments {
  /// What `make download-…` calls the dataset.
  static var dataset: String { get }
  /// The dataset of the raw folder, where the tool has several.
  var rawDataset: String { get }
  /// nil if no raw files are to be checked.
  var rawFolder: String? { get }
  var preparedFolder: String { get }
}

extension DataFolders {
  package var rawDataset: String { Self.dataset }

  /// Hashes raw and prepared files and prints a line for each.
  ///
  /// - Throws: `StageError` naming the first that is missing or differs.
  package func verify() throws {
    if let rawFolder {
      for line in try RawDownload.check(folder: rawFolder, command: RawDownload.command(for: rawDataset)) { print(line) }
    }
    for line in try PreparedCheck.run(preparedFolder) { print(line) }
  }

  /// Prints the card.
  package func describe() throws { print(try CardText.describe(preparedFolder)) }
}

/// `verify` of a dataset.
package struct Verify<Folders: DataFolders>: ParsableCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "verify", abstract: "Compares the files on disk with their recorded hashes.")
  }

  @OptionGroup var folders: Folders

  package init() {}

  package func run() throws { try folders.verify() }
}

/// `describe` of a dataset.
package struct Describe<Folders: DataFolders>: ParsableCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "describe", abstract: "Prints what a prepared folder holds.")
  }

  @OptionGroup var folders: Folders

  package init() {}

  package func run() throws { try folders.describe() }
}

/// `describe` of a dataset of pictures.
package struct DescribePictures<Folders: DataFolders>: ParsableCommand {
  package static var configuration: CommandConfiguration { Describe<Folders>.configuration }

  @OptionGroup var folders: Folders
  @Option(help: "PNG file for a sheet of the first records.", completion: .file()) var preview: String?

  package init() {}

  package func run() throws {
    try folders.describe()
    if let preview { try PicturePreview.write(folders.preparedFolder, to: preview) }
  }
}
