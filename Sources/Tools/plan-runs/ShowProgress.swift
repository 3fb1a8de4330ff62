import ArgumentParser
import RunPlanning
import RunSupport
import ToolSupport

struct ShowProgress: Tool {
  static let configuration = CommandConfiguration(
    commandName: "progress", abstract: "Says in one line how many runs of a goal are finished, and about how long the rest takes.",
    discussion: "The line goes to standard error. Make calls it after each run.")

  /// Name of the file beside the rules.
  static let file = "runs.json"

  @Option(help: "Folder that `plan-runs makefile` wrote.", completion: .directory) var plan: String

  func run() throws {
    let ledger = try JSONText.decode(RunLedger.self, fromFile: "\(plan)/\(Self.file)", madeBy: "plan-runs makefile")
    if let text = ledger.text { Messages.line(text) }
  }
}
