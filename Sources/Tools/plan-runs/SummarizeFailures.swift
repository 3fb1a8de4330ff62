import ArgumentParser
import ExperimentOptions
import RunPlanning
import RunSupport
import ToolSupport

struct SummarizeFailures: Tool {
  static let configuration = CommandConfiguration(
    commandName: "failures", abstract: "Says which runs of a group are not finished, and why; exit code 75 if there are any.")

  @Option(help: "File in which failed tools left their last words.", completion: .file()) var notes: String
  @Option(help: "Folder with raw and prepared data.", completion: .directory) var data = "data"
  @Option(help: "Group of experiments, such as lra; `all` for every group.") var group: String
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let catalogue = try catalogue.load()
    let runs = try RunSelection(
      catalogue, group: group, preset: selection.preset, tasks: selection.taskList, seeds: selection.seedList())
    let summary = FailureSummary(runs, notes: FailureNote.read(fromFile: notes), results: results.results, data: data)
    let text = "reproduce-\(group) at preset \(selection.preset.rawValue): \(summary.text)"
    if summary.isEmpty {
      print(text, terminator: "")
      // What could not be read may belong to any group.
      if group == RunSelection.allGroups, !catalogue.problems.isEmpty { throw ExitCode(StageError.Code.badConfiguration.rawValue) }
      return
    }
    Messages.write("\n" + text)
    throw ExitCode(StageError.Code.retryLater.rawValue)
  }
}
