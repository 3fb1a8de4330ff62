import ArgumentParser
import ToolSupport

@main
struct ExportRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "export-runs", abstract: "Finished runs in the formats of other programs.",
    discussion: """
      Examples:
        export-runs results --runs shipped
        export-runs model --run tiny-listops-hope/smoke/seed-1
      """, subcommands: [ExportResults.self, ExportModel.self])
}
