import ArgumentParser
import DatasetPreparation
import ToolSupport

@main struct PrepareCIFAR10: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-cifar10", abstract: "Fetches CIFAR-10 and makes prepared data of it.",
    subcommands: [Download.self, Preprocess.self, Verify.self, Describe.self])
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

extension PrepareCIFAR10 {
  struct Download: Tool {
    static let configuration = CommandConfiguration(abstract: "Fetches and verifies the binary archive.")
    @OptionGroup var raw: RawOptions
    @Option(help: "Folder that may hold the archive already.", completion: .directory) var mirror: String?
    @Option(help: "List of sources.", completion: .file()) var sources = "data/sources.yaml"

    func run() throws {
      try RawDownload.run(
        dataset: CIFARPreparation.family, names: [CIFARPreparation.archiveName], sources: sources, folder: raw.raw, mirror: mirror)
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

  struct Verify: Tool {
    static let configuration = CommandConfiguration(abstract: "Compares the files on disk with their recorded hashes.")
    @OptionGroup var raw: RawOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      for line in try RawDownload.check(folder: raw.raw, command: "`make download-cifar10`") { print(line) }
      for line in try PreparedCheck.run(output.folder) { print(line) }
    }
  }

  struct Describe: Tool {
    static let configuration = CommandConfiguration(abstract: "Prints what a prepared folder holds.")
    @OptionGroup var output: OutputOptions

    func run() throws { print(try CardText.describe(output.folder)) }
  }
}
