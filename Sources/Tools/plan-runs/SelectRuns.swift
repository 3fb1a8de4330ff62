import ArgumentParser
import ExperimentOptions
import ToolSupport

struct SelectRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Lists the runs, or the prepared data, that a goal of Make means, a folder a line.")

  @OptionGroup var goal: GoalOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let goal = try goal.meaning(results: results.results)
    for run in goal.members.flatMap(\.paths) { print(run) }
    for data in try goal.data() { print(data.preparedPath) }
  }
}
