import AnalyticResults
import ArgumentParser
import Reporting
import Runs
import ToolSupport

struct AnalyticFigures: Tool {
  static let configuration = CommandConfiguration(
    commandName: "analytic", abstract: "Figures of the results that need no training, from the CSV files of `analyze-systems results`.")

  @Option(help: "Folder of the CSV files.", completion: .directory) var input = "results/analytic"
  @Option(help: "Folder that holds a folder of plotting scripts for each paper, and receives the figures.", completion: .directory)
  var output = "paper-figures"
  @Option(help: "Only this result; may be repeated.") var name: [String] = []

  func run() throws {
    try ShippedFiles.check(holding: input)
    let gnuplot = try Gnuplot()
    var written = WrittenFiles()
    for result in try AnalyticResults.named(name) {
      for file in try AnalyticFigure.draw(result, input: input, output: output, gnuplot: gnuplot) {
        written.note(file.path, changed: file.changed)
      }
    }
    written.finish(in: output, "files of analytic figures")
  }
}
