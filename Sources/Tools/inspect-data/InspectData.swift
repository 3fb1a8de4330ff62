import ArgumentParser
import DatasetPreparation
import ToolSupport

@main struct InspectData: Tool {
  static let configuration = CommandConfiguration(
    commandName: "inspect-data", abstract: "Looks at all raw and prepared data of a folder.", subcommands: [Verify.self, Describe.self])
}

struct DataOptions: ParsableArguments {
  @Option(help: "Folder of raw and prepared data.", completion: .directory) var data = "data"
}

extension InspectData {
  struct Verify: Tool {
    static let configuration = CommandConfiguration(abstract: "Hashes every file again and compares it with receipts and cards.")
    @OptionGroup var data: DataOptions

    func run() throws {
      let report = DataInventory(directory: data.data).verify { print($0) }
      print(report.summary)
      if let error = report.firstError { throw error }
    }
  }

  struct Describe: Tool {
    static let configuration = CommandConfiguration(abstract: "Writes a web page for each prepared dataset, and one that lists them.")
    @OptionGroup var data: DataOptions
    @Option(help: "List of sources, for titles and licences.", completion: .file()) var sources = "data/sources.yaml"
    @Option(help: "Folder of the pages.", completion: .directory) var output = "results/data"

    func run() throws {
      for path in try DatasetPages.write(data: data.data, sources: sources, output: output) { print(path) }
    }
  }
}
