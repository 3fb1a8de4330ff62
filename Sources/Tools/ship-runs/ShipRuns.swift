import ArgumentParser
import ToolSupport

@main struct ShipRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ship-runs", abstract: "Puts finished runs into the repository, and compares own runs with those that came with it.",
    subcommands: [CopyRuns.self, VerifyRuns.self])
}
