import ArgumentParser
import DatasetPreparation
import Foundation
import PreparationCommands
import RunSupport
import ToolSupport

@main struct PrepareLRA: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-lra", abstract: "Fetches or generates tasks of the Long Range Arena and makes prepared data of them.",
    subcommands: [Download.self, Preprocess.self, Verify.self, Describe<Folders>.self])
}

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files; data/raw/lra, for Text data/raw/imdb, if absent.", completion: .directory)
  var raw: String?

  func folder(_ task: ArenaTask) -> String { raw ?? "data/raw/\(task.dataset)" }
}

/// What `verify` and `describe` look at.
struct Folders: DataFolders {
  static let dataset = ListOpsPreparation.family
  @Option(help: "Folder of the downloaded files, if they are to be verified too.", completion: .directory) var raw: String?
  @Option(help: "Prepared folder.", completion: .directory) var output: String

  var rawDataset: String {
    raw.map { ($0 as NSString).lastPathComponent } == TextPreparation.dataset ? TextPreparation.dataset : Self.dataset
  }
  var rawFolder: String? { raw }
  var preparedFolder: String { output }
}

extension PrepareLRA {
  struct Download: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Fetches and verifies the released files (about 8 GB; 84 MB for Text); generated data need no download.")
    @Option(help: "Task whose files are needed.") var task = ArenaTask.listops
    @OptionGroup var raw: RawOptions
    @OptionGroup var source: FetchOptions
    @Flag(help: "Take stand-ins from the mirror: for loader tests, refused by training.") var allowStandIns = false

    func run() throws {
      try source.fetch(task.fileNames, of: task.dataset, to: raw.folder(task), allowStandIns: allowStandIns)
    }
  }

  struct Preprocess: Tool {
    static let configuration = CommandConfiguration(abstract: "Makes a prepared folder of generated or released data.")
    @Option(help: "Task to prepare.") var task = ArenaTask.listops
    @Option(help: "Where the data come from (default: ListOps and Pathfinder generated, otherwise released).") var source: DataSource?
    @OptionGroup var raw: RawOptions
    @OptionGroup var generator: GeneratorOptions
    @OptionGroup var pathfinder: PathfinderOptions
    @Option(help: "Prepared folder; named after source and parameters if absent.", completion: .directory) var output: String?
    @Option(help: "Threads of the generator.") var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
      if task == .text && source == .generated { throw ValidationError("Text is not generated: use --source released") }
    }

    func run() throws {
      let raw = raw.folder(task)
      let output: String
      switch (task, source ?? task.usualSource) {
      case (.listops, .generated):
        output = self.output ?? "data/prepared/" + generator.listOps.preparedPath
        try ListOpsPreparation.prepareGenerated(generator.listOps, output: output, threadCount: threads)
      case (.listops, .released):
        output = self.output ?? "data/prepared/lra/listops-released"
        try ListOpsPreparation.prepareReleased(raw: raw, output: output)
      case (.text, _):
        output = self.output ?? "data/prepared/lra/text"
        try TextPreparation.prepare(raw: raw, output: output)
      case (.retrieval, .generated):
        output = self.output ?? "data/prepared/" + generator.retrieval.preparedPath
        try RetrievalPreparation.prepareGenerated(generator.retrieval, output: output)
      case (.retrieval, .released):
        output = self.output ?? "data/prepared/lra/retrieval-released"
        try RetrievalPreparation.prepareReleased(raw: raw, output: output)
      case (.pathfinder, .generated):
        let parameters = try pathfinder.parameters(seed: generator.seed)
        output = self.output ?? "data/prepared/" + parameters.preparedPath
        let progress = ProgressReporter("Pathfinder", total: parameters.count, unit: "pictures")
        try PathfinderPreparation.prepareGenerated(parameters, output: output, threadCount: threads) { done, _ in progress.update(done) }
        progress.finish()
      case (.pathfinder, .released):
        let (resolution, centered) = (pathfinder.resolution, pathfinder.centered)
        output = self.output ?? "data/prepared/" + PathfinderPreparation.releasedPath(resolution: resolution, centered: centered)
        try PathfinderPreparation.prepareReleased(raw: raw, resolution: resolution, centered: centered, output: output)
      }
      print(try CardText.describe(output))
    }
  }

  struct Verify: Tool {
    static let configuration = CommandConfiguration(abstract: "Compares the files on disk with their recorded hashes.")
    @OptionGroup var folders: Folders
    @Flag(help: "Pathfinder: follow the contours in the pictures and report how often they agree with the labels.") var trace = false
    @Option(help: "Pictures that --trace looks at, evenly spread.") var traceCount = 1000

    func run() throws {
      try folders.verify()
      if trace {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        print(try PathfinderTraceCheck.run(folders.preparedFolder, limit: traceCount, threadCount: threads))
      }
    }
  }
}
