import ArgumentParser
import ToolSupport

@main struct AnalyzeSystems: Tool {
  static let configuration = CommandConfiguration(
    commandName: "analyze-systems", abstract: "Prints what the linear systems of a model are, as comma-separated values.")
}
