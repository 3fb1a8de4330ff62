import ArgumentParser
import ToolSupport

@main struct ShipRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ship-runs",
    abstract: "Puts finished runs into the repository, compares own runs with those that came with it, and collects runs made elsewhere.",
    subcommands: [CopyRuns.self, VerifyRuns.self, CollectRuns.self])
}
