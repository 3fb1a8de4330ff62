import ArgumentParser
import ToolSupport

@main struct MakeFigures: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-figures", abstract: "Draws figures from finished runs and analytic results, as CSV and SVG.",
    subcommands: [RunFigures.self, AnalyticFigures.self])
}
