import ArgumentParser
import DatasetPreparation
import Datasets
import Foundation
import PreparationCommands
import RunSupport
import ToolSupport

@main struct PrepareCelebA: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-celeba", abstract: "Fetches CelebA or draws face-like pictures, and makes prepared data of them.",
    subcommands: [Download.self, Preprocess.self, Verify<Folders>.self, DescribePictures<Folders>.self])
}

extension CelebAPreparation.Pictures: ExpressibleByArgument {}

enum PictureSource: String, ExpressibleByArgument, CaseIterable { case generated, released }

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files.", completion: .directory) var raw = "data/raw/celeba"
  @Option(help: "aligned: the set's own pictures; half-size: a reduced copy that some mirrors have.")
  var pictures = CelebAPreparation.Pictures.aligned
}

struct OutputOptions: ParsableArguments {
  @Option(help: "Prepared folder.", completion: .directory) var output: String
}

/// What `verify` and `describe` look at.
struct Folders: DataFolders {
  static let dataset = CelebAPreparation.family
  @Option(help: "Folder of the downloaded files, if they are to be verified too.", completion: .directory) var raw: String?
  @OptionGroup var output: OutputOptions

  var rawFolder: String? { raw }
  var preparedFolder: String { output.output }
}

extension PrepareCelebA {
  struct Download: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Fetches and verifies the archive of pictures (1.4 GB) and the partition list.",
      discussion: """
        The files lie on Google Drive, which often refuses with a quota page. Then download them with a browser, place them in the raw folder \
        under the names in data/sources.yaml and run this again: they are verified alike.
        """)
    @OptionGroup var raw: RawOptions
    @OptionGroup var source: FetchOptions

    func run() throws {
      try source.fetch([raw.pictures.archiveName, CelebAPreparation.partitionName], of: CelebAPreparation.family, to: raw.raw)
    }
  }

  struct Preprocess: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Crops and resizes the pictures.",
      discussion: "At the paper's size a picture takes 786,432 bytes, and the whole set 159 GB; --limit takes the first of each split.")
    @Option(help: "Where the pictures come from.") var source = PictureSource.released
    @OptionGroup var raw: RawOptions
    @OptionGroup var size: SizeOptions
    @OptionGroup var generator: GeneratorOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Threads.") var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() throws {
      let display = ProgressReporter("pictures", total: nil, unit: "pictures")
      switch source {
      case .released:
        try CelebAPreparation.prepareReleased(
          raw: raw.raw, pictures: raw.pictures, target: size.target, limit: size.limit == 0 ? nil : size.limit, output: output.output,
          threadCount: threads, progress: { display.update($0, note: "of \($1)") })
      case .generated:
        try CelebAPreparation.prepareGenerated(
          counts: generator.counts, seed: generator.seed, target: size.target, output: output.output, threadCount: threads,
          progress: { display.update($0, note: "of \($1)") })
      }
      display.finish()
      print(try CardText.describe(output.output))
    }
  }
}

struct SizeOptions: ParsableArguments {
  @Option(help: "Rows of a prepared picture.") var height = 2048
  @Option(help: "Columns of a prepared picture.") var width = 128
  @Option(help: "At most so many released pictures of each split, the first in the archive; 0 for all.") var limit = 0

  var target: CelebAPreparation.Target { CelebAPreparation.Target(height: height, width: width) }

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is a number of pictures, or 0 for all.") }
  }
}

/// What the generator takes.
struct GeneratorOptions: ParsableArguments {
  @Option(help: "Generated pictures to train on.") var train = 2000
  @Option(help: "Generated pictures to validate with.") var validation = 200
  @Option(help: "Generated pictures to test with.") var test = 200
  @Option(help: "Seed of the generator.") var seed = 1

  var counts: [Split: Int] { [.train: train, .validation: validation, .test: test] }
}
