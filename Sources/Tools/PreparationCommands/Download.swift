import ArgumentParser
import DatasetPreparation
import ToolSupport

/// `download`: obtains the raw files of a family's data.
package struct Download<PreparedBy: PreparationTool>: Tool {
  package static var configuration: CommandConfiguration {
    let help = PreparedBy.family.downloadHelp
    return CommandConfiguration(commandName: "download", abstract: help.abstract, discussion: help.discussion)
  }

  @OptionGroup var chosen: DeclaredOptions<DownloadOptions<PreparedBy>>
  @Option(help: "Folder of the downloaded files; data/raw/NAME of their dataset if absent.", completion: .directory) var raw: String?
  @Option(help: "Folder that may hold the files already.", completion: .directory) var mirror: String?
  @Option(help: "List of sources.", completion: .file()) var sources = "data/sources.yaml"
  @Flag(help: "Take stand-ins from the mirror: for loader tests, refused by training.") var allowStandIns = false

  package init() {}

  package func run() throws {
    let (dataset, files) = PreparedBy.family.download(chosen.texts)
    try RawDownload.run(
      dataset: dataset, names: files, sources: sources, folder: raw ?? "data/raw/\(dataset)", mirror: mirror, allowStandIns: allowStandIns)
  }
}
