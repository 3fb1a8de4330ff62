import ArgumentParser
import Catalogue
import ExperimentOptions
import Exports
import RunSupport
import ToolSupport

struct ExportResults: Tool {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "All numbers of all finished runs, as a long CSV table and as JSON, a line a run.",
    discussion: """
      Writes results.csv and results.jsonl, with --preset results-PRESET.csv and results-PRESET.jsonl. Their columns and keys: docs/exports.md.
      """)

  @Option(help: "Size of the runs; without it all sizes.") var preset: Preset?
  @Option(help: "Folder for the two files.", completion: .directory) var output = "results"
  @OptionGroup var finished: FinishedRunOptions

  func run() throws {
    let presets = preset.map { [$0] } ?? Preset.allCases
    let (catalogue, runs) = try finished.load(preset, warn: Self.warn)
    let files = try ResultFiles(presets, catalogue: catalogue, runs: runs)
    let base = "\(output)/results\(preset.map { "-\($0.rawValue)" } ?? "")"
    var written = WrittenFiles()
    for (path, text) in [("\(base).csv", files.csv), ("\(base).jsonl", files.jsonLines)] { try written.write(text, to: path) }
    written.finish(in: output, "files of results")
  }
}
