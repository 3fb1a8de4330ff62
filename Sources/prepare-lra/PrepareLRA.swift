import ArgumentParser
import DatasetPreparation
import Foundation
import ToolSupport

@main struct PrepareLRA: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-lra", abstract: "Fetches or generates tasks of the Long Range Arena and makes prepared data of them.",
    subcommands: [Download.self, Preprocess.self, Verify.self, Describe.self])
}

enum ArenaTask: String, ExpressibleByArgument, CaseIterable { case listops }

enum DataSource: String, ExpressibleByArgument, CaseIterable { case generated, released }

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files.", completion: .directory) var raw = "data/raw/lra"
}

extension PrepareLRA {
  struct Download: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Fetches and verifies the released files (about 8 GB); generated data need no download.")
    @Option(help: "Task whose files are needed.") var task = ArenaTask.listops
    @OptionGroup var raw: RawOptions
    @Option(help: "Folder that may hold the files already.", completion: .directory) var mirror: String?
    @Option(help: "List of sources.", completion: .file()) var sources = "data/sources.yaml"
    @Flag(help: "Take stand-ins from the mirror: for loader tests, refused by training.") var allowStandIns = false

    func run() throws {
      try RawDownload.run(
        dataset: ListOpsPreparation.family, names: ListOpsPreparation.releasedNames.values.sorted(), sources: sources, folder: raw.raw,
        mirror: mirror, allowStandIns: allowStandIns)
    }
  }

  struct Preprocess: Tool {
    static let configuration = CommandConfiguration(abstract: "Makes a prepared folder of generated or released data.")
    @Option(help: "Task to prepare.") var task = ArenaTask.listops
    @Option(help: "Where the data come from.") var source = DataSource.generated
    @OptionGroup var raw: RawOptions
    @OptionGroup var generator: GeneratorOptions
    @Option(help: "Prepared folder; named after source and parameters if absent.", completion: .directory) var output: String?
    @Option(help: "Threads of the generator.") var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() throws {
      let output: String
      switch source {
      case .generated:
        output = self.output ?? "data/prepared/" + generator.parameters.preparedPath
        try ListOpsPreparation.prepareGenerated(generator.parameters, output: output, threadCount: threads)
      case .released:
        output = self.output ?? "data/prepared/lra/listops-released"
        try ListOpsPreparation.prepareReleased(raw: raw.raw, output: output)
      }
      print(try CardText.describe(output))
    }
  }

  struct Verify: Tool {
    static let configuration = CommandConfiguration(abstract: "Compares the files on disk with their recorded hashes.")
    @Option(help: "Folder of the downloaded files, if any are to be checked.", completion: .directory) var raw: String?
    @Option(help: "Prepared folder.", completion: .directory) var output: String

    func run() throws {
      if let raw {
        for line in try RawDownload.check(folder: raw, command: "`make download-lra`") { print(line) }
      }
      for line in try PreparedCheck.run(output) { print(line) }
    }
  }

  struct Describe: Tool {
    static let configuration = CommandConfiguration(abstract: "Prints what a prepared folder holds.")
    @Option(help: "Prepared folder.", completion: .directory) var output: String

    func run() throws { print(try CardText.describe(output)) }
  }
}

/// What the generator takes; defaults are those of the released data.
struct GeneratorOptions: ParsableArguments {
  @Option(help: "Expressions to train on.") var train = 96_000
  @Option(help: "Expressions to validate with.") var validation = 2000
  @Option(help: "Expressions to test with.") var test = 2000
  @Option(help: "Expressions have more words than this.") var minimumLength = 500
  @Option(help: "Expressions have fewer words than this.") var maximumLength = 2000
  @Option(help: "Seed of the generator.") var seed = 1

  var parameters: ListOpsPreparation.Parameters {
    ListOpsPreparation.Parameters(
      train: train, validation: validation, test: test, minimumLength: minimumLength, maximumLength: maximumLength, seed: seed)
  }
}
