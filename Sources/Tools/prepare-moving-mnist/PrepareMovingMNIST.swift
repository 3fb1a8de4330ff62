import ArgumentParser
import DatasetPreparation
import Datasets
import Foundation
import PreparationCommands
import RunSupport
import ToolSupport

@main struct PrepareMovingMNIST: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-moving-mnist", abstract: "Fetches MNIST and makes videos of moving digits.",
    subcommands: [Download.self, Preprocess.self, Verify<Folders>.self, DescribePictures<Folders>.self])
}

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files.", completion: .directory) var raw = "data/raw/moving-mnist"
}

struct OutputOptions: ParsableArguments {
  @Option(help: "Prepared folder.", completion: .directory) var output: String
}

/// What `verify` and `describe` look at.
struct Folders: DataFolders {
  static let dataset = MovingMNISTPreparation.family
  @Option(help: "Folder of the downloaded files, if they are to be verified too.", completion: .directory) var raw: String?
  @OptionGroup var output: OutputOptions

  var rawFolder: String? { raw }
  var preparedFolder: String { output.output }
}

extension PrepareMovingMNIST {
  struct Download: Tool {
    static let configuration = CommandConfiguration(abstract: "Fetches and verifies the four files of MNIST (11 MB).")
    @OptionGroup var raw: RawOptions
    @OptionGroup var source: FetchOptions

    func run() throws {
      try source.fetch(MNISTDigits.allFiles, of: MovingMNISTPreparation.family, to: raw.raw)
    }
  }

  struct Preprocess: Tool {
    enum Variant: String, ExpressibleByArgument, CaseIterable { case original, coloured, digits }

    static let configuration = CommandConfiguration(
      abstract: "Makes videos of 64×64 pixels, or a prepared folder of the digits themselves.",
      discussion: "A sequence of 600 coloured frames takes 7.4 MB; the paper's 2000 take 15 GB.")
    @Option(help: "original: gray digits; coloured: one fast red and one slow blue; digits: single pictures with their classes.")
    var variant = Variant.coloured
    @OptionGroup var raw: RawOptions
    @OptionGroup var video: VideoOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Threads of the generator.") var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() throws {
      switch variant {
      case .original: try prepare(.original(digits: video.digits, speed: video.speed))
      case .coloured: try prepare(.coloured(fastSpeed: video.fastSpeed, slowSpeed: video.slowSpeed))
      case .digits: try MovingMNISTPreparation.prepareDigits(raw: raw.raw, output: output.output)
      }
      print(try CardText.describe(output.output))
    }

    private func prepare(_ scene: MovingMNISTPreparation.Scene) throws {
      let display = ProgressReporter("videos", total: video.counts.values.reduce(0, +), unit: "sequences")
      try MovingMNISTPreparation.prepareVideos(
        raw: raw.raw, scene: scene, frameCount: video.frames, counts: video.counts, seed: video.seed, output: output.output,
        threadCount: threads, progress: { done, _ in display.update(done) })
      display.finish()
    }
  }
}

/// What the generators take; defaults are those of the coloured original.
struct VideoOptions: ParsableArguments {
  @Option(help: "Frames of a sequence.") var frames = 600
  @Option(help: "Sequences to train on.") var train = 1600
  @Option(help: "Sequences to validate with.") var validation = 200
  @Option(help: "Sequences to test with.") var test = 200
  @Option(help: "Seed of the generator.") var seed = 1
  @Option(help: "original: digits of a video.") var digits = 2
  @Option(help: "original: speed in hundredths; 100 moves 0.15 of the range a frame.") var speed = 100
  @Option(help: "coloured: speed of the red digit, in hundredths.") var fastSpeed = 300
  @Option(help: "coloured: speed of the blue digit, in hundredths.") var slowSpeed = 30

  var counts: [Split: Int] { [.train: train, .validation: validation, .test: test] }
}
