import ArgumentParser
import Catalogue
import ExperimentOptions
import Reporting
import RunSupport
import ToolSupport

@main struct MakeTables: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-tables", abstract: "Makes tables of results beside the published values, as CSV and Markdown.",
    discussion: """
      Writes NAME-PRESET.csv and NAME-PRESET.md: a table for each group of experiments, the papers' tables, those behind figures, and \
      the configurations. What has no run names the command that fills it.
      """)

  @Argument(help: "Names of tables, such as lra or dfout-table-1; without it all.") var names: [String] = []
  @Option(help: "Size of the runs; a table never mixes presets.") var preset: Preset
  @Option(help: "Folder for the table.", completion: .directory) var output = "results/tables"
  @OptionGroup var finished: FinishedRunOptions

  func run() throws {
    let (catalogue, runs) = try finished.load(preset, warn: Self.warn)
    let tables = ResultTables(preset: preset, catalogue: catalogue, runs: runs, limits: try finished.delayLimits(preset))
    var written = WrittenFiles()
    for name in names.isEmpty ? tables.names : names {
      guard let document = try tables.document(name) else { throw unknown(name, among: tables.names) }
      let base = "\(output)/\(name)-\(preset.rawValue)"
      for (path, text) in [("\(base).csv", document.csv), ("\(base).md", document.markdown)] {
        try written.write(text, to: path)
      }
    }
    written.finish(in: output, "tables")
  }

  private func unknown(_ name: String, among known: [String]) -> StageError {
    StageError(
      .usage, "there is no table \(name)", where: "make-tables", why: "the tables are \(known.joined(separator: ", "))",
      fix: NearestName.suggestion(for: name, among: known).map { "did you mean \($0)?" } ?? "name one of them")
  }
}
