import ArgumentParser
import Experiments
import Reporting
import RunSupport
import ToolSupport

@main struct MakeTables: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-tables", abstract: "Makes tables of results beside the published values, as CSV and Markdown.",
    discussion: "Writes GROUP-PRESET.csv and GROUP-PRESET.md. A cell without a run names the command that fills it.")

  @Argument(help: "Groups of experiments, such as lra; without it all.") var groups: [String] = []
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
    let known = Set(catalogue.experiments(at: preset).map(\.group)).sorted()
    if let unknown = groups.first(where: { !known.contains($0) }) {
      throw StageError(
        .usage, "there is no group \(unknown)", where: "make-tables", why: "the groups are \(known.joined(separator: ", "))",
        fix: NearestName.suggestion(for: unknown, among: known).map { "did you mean \($0)?" } ?? "name one of them")
    }
    for group in groups.isEmpty ? known : groups {
      let table = ResultTable(group: group, preset: preset, catalogue: catalogue, runs: finished)
      let base = "\(output)/\(group)-\(preset.rawValue)"
      for (path, text) in [("\(base).csv", table.csv), ("\(base).md", table.markdown)] {
        print("\(path): \(try AtomicFile.writeIfChanged(text, to: path) ? "written" : "unchanged")")
      }
    }
  }
}

extension Preset: ExpressibleByArgument {}
extension FinishedRun.Origin: ExpressibleByArgument {}
