import ArgumentParser
import DatasetPreparation
import PreparationCommands
import ToolSupport

@main struct PrepareBIDMC: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-bidmc", abstract: "Fetches the BIDMC vital signs and makes prepared data of them.",
    subcommands: [Download.self, Preprocess.self, Verify<Folders>.self, Describe.self])
}

extension BIDMCTask: ExpressibleByArgument {}

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files.", completion: .directory) var raw = "data/raw/bidmc"
}

/// What is prepared, and where it lies.
struct OutputOptions: ParsableArguments {
  @Option(help: "Respiratory rate (rr), heart rate (hr) or oxygen saturation (spo2).") var task = BIDMCTask.respiratoryRate
  @Option(help: "Prepared folder; named after the task if absent.", completion: .directory) var output: String?

  var folder: String { output ?? "data/prepared/bidmc/\(task.rawValue)" }
}

struct Folders: DataFolders {
  static let dataset = BIDMCPreparation.family
  @OptionGroup var raw: RawOptions
  @OptionGroup var output: OutputOptions

  var rawFolder: String? { raw.raw }
  var preparedFolder: String { output.folder }
}

extension PrepareBIDMC {
  struct Download: Tool {
    static let configuration = CommandConfiguration(abstract: "Fetches and verifies the .ts files of one task or of all.")
    @Option(help: "Only the files of this task.") var task: BIDMCTask?
    @OptionGroup var raw: RawOptions
    @OptionGroup var source: FetchOptions

    func run() throws {
      let tasks = task.map { [$0] } ?? BIDMCTask.allCases
      try source.fetch(tasks.flatMap(\.fileNames), of: BIDMCPreparation.family, to: raw.raw)
    }
  }

  struct Preprocess: Tool {
    static let configuration = CommandConfiguration(abstract: "Makes a prepared folder of a task's files.")
    @OptionGroup var raw: RawOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      try BIDMCPreparation.prepare(output.task, raw: raw.raw, output: output.folder)
      print(try CardText.describe(output.folder))
    }
  }

  struct Describe: Tool {
    static let configuration = CommandConfiguration(abstract: "Prints what a prepared folder, or a table of raw signals, holds.")
    @OptionGroup var output: OutputOptions
    @Option(help: "A table of raw signals, .csv or .csv.gz, to describe instead; no task can be made of it.", completion: .file())
    var signals: String?

    func run() throws {
      print(try signals.map { try SignalTable.read(file: $0).text } ?? CardText.describe(output.folder))
    }
  }
}
