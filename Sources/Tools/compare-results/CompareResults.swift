import ArgumentParser
import Catalogue
import ExperimentOptions
import Reporting
import RunSupport
import ToolSupport

@main struct CompareResults: Tool {
  static let configuration = CommandConfiguration(
    commandName: "compare-results", abstract: "Compares finished runs with the published numbers, cell by cell.",
    discussion: "Prints a table and writes compare-PRESET.csv and compare-PRESET.md. Verdicts are given at preset paper alone.")

  @Option(help: "Size of the runs.") var preset: Preset
  @Option(help: "Folder for the two files.", completion: .directory) var output = "results/tables"
  @OptionGroup var finished: FinishedRunOptions

  func run() throws {
    let (catalogue, runs) = try finished.load(preset, warn: Self.warn)
    let comparison = Comparison(preset: preset, catalogue: catalogue, runs: runs)
    print(comparison.text)
    let base = "\(output)/compare-\(preset.rawValue)"
    var written = WrittenFiles()
    for (path, text) in [("\(base).csv", comparison.csv), ("\(base).md", comparison.markdown)] { try written.write(text, to: path) }
    written.finish(in: output, "files of the comparison")
  }
}
