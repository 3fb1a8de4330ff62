import ArgumentParser
import Experiments
import Reporting
import RunSupport
import ToolSupport

@main struct MakeTables: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-tables", abstract: "Makes tables of results from finished runs, as CSV and Markdown.",
    subcommands: [LongRangeArenaTable.self])
}

struct LongRangeArenaTable: Tool {
  static let configuration = CommandConfiguration(
    commandName: "lra", abstract: "S4D-Lin on the Long Range Arena beside the published values.",
    discussion: "Writes lra-PRESET.csv and lra-PRESET.md. A cell without a run names the command that fills it.")

  @Option(help: "Size of the runs; a table never mixes presets.") var preset: Preset
  @Option(help: "Folder for the table.", completion: .directory) var output = "results/tables"
  @Option(help: "Folder of runs and shipped runs.", completion: .directory) var results = "results"
  @Option(help: "Folder of the experiments' YAML files (default: the copy in this executable).", completion: .directory)
  var catalogue: String?
  @Option(help: "Which runs to read: own, shipped; may be repeated (default: both, own ones first).") var runs: [FinishedRun.Origin] = []

  func run() throws {
    let catalogue = try Catalogue.load(directory: catalogue ?? Catalogue.bundledDirectory)
    let finished = FinishedRuns(results: results, origins: Set(runs.isEmpty ? FinishedRun.Origin.allCases : runs))
    finished.problems.forEach(Self.warn)
    let table = ResultTable.longRangeArena(preset: preset, catalogue: catalogue, runs: finished)
    let base = "\(output)/lra-\(preset.rawValue)"
    for (path, text) in [("\(base).csv", table.csv), ("\(base).md", table.markdown)] {
      print("\(path): \(try AtomicFile.writeIfChanged(text, to: path) ? "written" : "unchanged")")
    }
  }
}

extension Preset: ExpressibleByArgument {}
extension FinishedRun.Origin: ExpressibleByArgument {}
