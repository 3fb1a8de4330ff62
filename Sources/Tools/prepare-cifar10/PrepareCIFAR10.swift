import ArgumentParser
import DatasetPreparation
import PreparationCommands
import ToolSupport

@main struct PrepareCIFAR10: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-cifar10", abstract: "Fetches CIFAR-10 and makes prepared data of it.",
    subcommands: [Download.self, Preprocess.self, Verify<Folders>.self, DescribePictures<Folders>.self])
}

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files.", completion: .directory) var raw = "data/raw/cifar10"
}

/// What is prepared, and where it lies.
struct OutputOptions: ParsableArguments {
  @Option(help: "gray, rgb and rgb-script (two normalisations), permuted (one fixed order) or noise-padded (1024 more steps).")
  var variant = CIFARVariant.gray
  @Option(help: "Prepared folder; named after the variant if absent.", completion: .directory) var output: String?

  var folder: String { output ?? "data/prepared/cifar10/\(variant.rawValue)" }
}

extension CIFARVariant: ExpressibleByArgument {}

struct Folders: DataFolders {
  static let dataset = CIFARPreparation.family
  @OptionGroup var raw: RawOptions
  @OptionGroup var output: OutputOptions

  var rawFolder: String? { raw.raw }
  var preparedFolder: String { output.folder }
}

extension PrepareCIFAR10 {
  struct Download: Tool {
    static let configuration = CommandConfiguration(abstract: "Fetches and verifies the binary archive.")
    @OptionGroup var raw: RawOptions
    @OptionGroup var source: FetchOptions

    func run() throws {
      try source.fetch([CIFARPreparation.archiveName], of: CIFARPreparation.family, to: raw.raw)
    }
  }

  struct Preprocess: Tool {
    static let configuration = CommandConfiguration(abstract: "Makes a prepared folder of the archive.")
    @OptionGroup var raw: RawOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      try CIFARPreparation.prepare(output.variant, raw: raw.raw, output: output.folder)
      print(try CardText.describe(output.folder))
    }
  }
}
