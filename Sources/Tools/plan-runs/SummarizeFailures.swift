import ArgumentParser
import ExperimentOptions
import RunPlanning
import RunSupport
import ToolSupport

struct SummarizeFailures: Tool {
  static let configuration = CommandConfiguration(
    commandName: "failures", abstract: "Says which runs of a goal are not finished, and why; exit code 75 if there are any.")

  @Option(help: "File in which failed tools left their last words.", completion: .file()) var notes: String
  @OptionGroup var goal: GoalOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let catalogue = try goal.catalogue.load()
    let members = try goal.meaning(in: catalogue, results: results.results).members
    let summary = FailureSummary(members, notes: FailureNote.read(fromFile: notes), results: results.results, data: goal.data)
    let text = "\(goal.title): \(summary.text)"
    if summary.isEmpty {
      print(text, terminator: "")
      // What could not be read may belong to any group.
      if ["reproduce-\(RunSelection.allGroups)", RunSelection.campaign].contains(goal.goal), !catalogue.problems.isEmpty {
        throw ExitCode(StageError.Code.badConfiguration.rawValue)
      }
      return
    }
    Messages.write("\n" + text)
    throw ExitCode(StageError.Code.retryLater.rawValue)
  }
}
