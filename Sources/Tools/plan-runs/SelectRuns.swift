import ArgumentParser
import ToolSupport

struct SelectRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Lists the runs, or the prepared data, that a goal of Make means, a folder a line.")

  @OptionGroup var goal: GoalOptions

  func run() throws {
    let goal = try goal.meaning()
    for run in goal.members.flatMap(\.paths) { print(run) }
    for data in try goal.data() { print(data.preparedPath) }
  }
}
