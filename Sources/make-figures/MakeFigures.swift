import ArgumentParser
import Experiments
import Reporting
import RunSupport
import ToolSupport

@main struct MakeFigures: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-figures", abstract: "Draws figures from finished runs and analytic results, as CSV and SVG.",
    subcommands: [LearningCurvesFigure.self, KernelsFigure.self, AnalyticFigures.self])
}

struct FigureOptions: ParsableArguments {
  @Option(help: "Size of the runs; a figure never mixes presets.") var preset: Preset
  @Option(help: "Folder that holds the plotting script and receives the figure.", completion: .directory) var output = "paper-figures/house"
  @Option(help: "Folder of runs and shipped runs.", completion: .directory) var results = "results"
  @Option(help: "Folder of the experiments' YAML files (default: the copy in this executable).", completion: .directory)
  var catalogue: String?
  @Option(help: "Which runs to read: own, shipped; may be repeated (default: both, own ones first).") var runs: [FinishedRun.Origin] = []

  /// Results of the experiments that have runs at the preset; where none has, an empty frame names one that could be run.
  func draw(_ make: ([ExperimentResult], Preset) throws -> Figure) throws {
    let catalogue = try Catalogue.load(directory: catalogue ?? Catalogue.bundledDirectory)
    let finished = FinishedRuns(results: results, origins: Set(runs.isEmpty ? FinishedRun.Origin.allCases : runs))
    finished.problems.forEach(MakeFigures.warn)
    let results = catalogue.experiments(at: preset).map { ExperimentResult($0, runs: finished) }
    let drawn = results.filter { result in result.runs.contains { $0.summary.metric == "accuracy" } }
    for file in try make(drawn.isEmpty ? Array(results.prefix(1)) : drawn, preset).write(to: output, gnuplot: Gnuplot()) {
      print("\(file.path): \(file.changed ? "written" : "unchanged")")
    }
  }
}

struct LearningCurvesFigure: Tool {
  static let configuration = CommandConfiguration(
    commandName: "learning-curves", abstract: "Training and validation accuracy per epoch, a line per seed.")

  @OptionGroup var options: FigureOptions

  func run() throws { try options.draw(Figure.learningCurves) }
}

struct KernelsFigure: Tool {
  static let configuration = CommandConfiguration(
    commandName: "kernels", abstract: "Mean kernel magnitude of each layer, before and after training.")

  @OptionGroup var options: FigureOptions

  func run() throws { try options.draw(Figure.kernels) }
}

extension Preset: ExpressibleByArgument {}
extension FinishedRun.Origin: ExpressibleByArgument {}
