import ArgumentParser
import Experiments
import Reporting
import RunSupport
import ToolSupport

@main struct CompareResults: Tool {
  static let configuration = CommandConfiguration(
    commandName: "compare-results", abstract: "Compares finished runs with the published numbers, cell by cell.",
    discussion: "Prints a table and writes compare-PRESET.csv and compare-PRESET.md. Verdicts are given at preset paper alone.")

  @Option(help: "Size of the runs.") var preset: Preset
  @Option(help: "Folder for the two files.", completion: .directory) var output = "results/tables"
  @Option(help: "Folder of runs and shipped runs.", completion: .directory) var results = "results"
  @Option(help: "Folder of the experiments' YAML files (default: the copy in this executable).", completion: .directory)
  var catalogue: String?
  @Option(help: "Which runs to read: own, shipped; may be repeated (default: both, own ones first).") var runs: [FinishedRun.Origin] = []

  func run() throws {
    let catalogue = try Catalogue.load(directory: catalogue ?? Catalogue.bundledDirectory)
    let finished = FinishedRuns(results: results, origins: Set(runs.isEmpty ? FinishedRun.Origin.allCases : runs))
    finished.problems.forEach(Self.warn)
    let comparison = Comparison(preset: preset, catalogue: catalogue, runs: finished)
    print(comparison.text)
    let base = "\(output)/compare-\(preset.rawValue)"
    for (path, text) in [("\(base).csv", comparison.csv), ("\(base).md", comparison.markdown)] {
      print("\(path): \(try AtomicFile.writeIfChanged(text, to: path) ? "written" : "unchanged")")
    }
  }
}

extension Preset: ExpressibleByArgument {}
extension FinishedRun.Origin: ExpressibleByArgument {}
