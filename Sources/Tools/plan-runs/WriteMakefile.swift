import ArgumentParser
import ExperimentOptions
import RunPlanning
import RunSupport
import ToolSupport

struct WriteMakefile: Tool {
  static let configuration = CommandConfiguration(
    commandName: "makefile", abstract: "Writes the Make rules of the runs and data that a goal means, as things are now.",
    discussion: """
      The rules make `runs-and-data`. Where a resolved configuration is not what it should be, they write it again; what is as it should be \
      has no rule, so that Make sees no change where there is none.
      """)

  @OptionGroup var goal: GoalOptions
  @Option(help: "File to write instead of standard output.", completion: .file()) var output: String?
  @OptionGroup var results: ResultOptions

  func run() throws {
    let goal = try goal.meaning()
    let text = MakeRules(goal.members, data: try goal.data(), results: results.results).text
    if let output {
      try AtomicFile.write(text, to: output)
    } else {
      print(text, terminator: "")
    }
  }
}
