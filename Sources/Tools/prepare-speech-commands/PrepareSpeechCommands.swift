import ArgumentParser
import DatasetPreparation
import Datasets
import Foundation
import PreparationCommands
import ToolSupport

@main struct PrepareSpeechCommands: Tool {
  static let configuration = CommandConfiguration(
    commandName: "prepare-speech-commands",
    abstract: "Fetches Speech Commands v0.02, or generates sounds, and makes prepared data of them.",
    subcommands: [Download.self, Preprocess.self, Verify<Folders>.self, Describe<Folders>.self])
}

enum SoundSource: String, ExpressibleByArgument, CaseIterable { case released, generated }

extension SpeechVariant: ExpressibleByArgument {}

struct RawOptions: ParsableArguments {
  @Option(help: "Folder of the downloaded files.", completion: .directory) var raw = "data/raw/speech-commands"
}

/// What is prepared, and where it lies.
struct OutputOptions: ParsableArguments {
  @Option(help: "released: the real clips; generated: tones and chirps of the same shape.") var source = SoundSource.released
  @Option(help: "16khz, 8khz (every second sample), and both with the released code's statistics at each step.")
  var variant = SpeechVariant.full
  @OptionGroup var generator: GeneratorOptions
  @Option(help: "Prepared folder; named after the variant if absent.", completion: .directory) var output: String?

  var folder: String {
    if let output { return output }
    switch source {
    case .released: return "data/prepared/speech-commands/\(variant.rawValue)"
    case .generated: return "data/prepared/" + TonePreparation.preparedPath(variant, counts: generator.counts, seed: generator.seed)
    }
  }
}

/// What the generator takes.
struct GeneratorOptions: ParsableArguments {
  @Option(help: "Generated sounds to train on.") var train = 1800
  @Option(help: "Generated sounds to validate with.") var validation = 270
  @Option(help: "Generated sounds to test with.") var test = 450
  @Option(help: "Seed of the generator.") var seed = 1

  var counts: [Split: Int] { [.train: train, .validation: validation, .test: test] }
}

struct Folders: DataFolders {
  static let dataset = SpeechPreparation.family
  @OptionGroup var raw: RawOptions
  @OptionGroup var output: OutputOptions

  /// Generated sounds have no raw files.
  var rawFolder: String? { output.source == .released ? raw.raw : nil }
  var preparedFolder: String { output.folder }
}

extension PrepareSpeechCommands {
  struct Download: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Fetches and verifies the archive (2.4 GB); generated sounds need no download.")
    @OptionGroup var raw: RawOptions
    @OptionGroup var source: FetchOptions

    func run() throws {
      try source.fetch([SpeechPreparation.archiveName], of: SpeechPreparation.family, to: raw.raw)
    }
  }

  struct Preprocess: Tool {
    static let configuration = CommandConfiguration(abstract: "Makes a prepared folder of the archive, or of generated sounds.")
    @OptionGroup var raw: RawOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Threads of the generator.") var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() throws {
      switch output.source {
      case .released: try SpeechPreparation.prepare(output.variant, raw: raw.raw, output: output.folder)
      case .generated:
        let generator = output.generator
        try TonePreparation.prepare(
          output.variant, counts: generator.counts, seed: generator.seed, output: output.folder, threadCount: threads)
      }
      print(try CardText.describe(output.folder))
    }
  }
}
