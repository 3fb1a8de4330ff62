import ArgumentParser
import Catalogue
import ExperimentOptions
import Reporting
import RunSupport
import ToolSupport

struct RunFigures: Tool {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Figures of finished runs: those of the papers, and learning curves of each group.",
    discussion: "What has no run yet is an empty frame that names the command which fills it. Nothing is trained.")

  @Option(help: "Size of the runs; a figure never mixes presets.") var preset: Preset
  @Option(help: "Folder that holds a folder of plotting scripts for each paper, and receives the figures.", completion: .directory)
  var output = "paper-figures"
  @OptionGroup var finished: FinishedRunOptions
  @Option(help: "Only this figure; may be repeated.") var name: [String] = []

  func run() throws {
    let (catalogue, runs) = try finished.load(preset, warn: Self.warn)
    let limits = try finished.delayLimits(preset)
    var gnuplot = try Gnuplot()
    gnuplot.warn = Messages.line
    var written = WrittenFiles()
    for definition in try FigureList.named(name, catalogue) {
      let figure = try definition.figure(catalogue, preset: preset, runs: runs, limits: limits)
      // A catalogue of some experiments only has nothing for the figures of others.
      guard !figure.isEmpty else { continue }
      for file in try figure.write(to: output, gnuplot: gnuplot) { written.note(file.path, changed: file.changed) }
    }
    written.finish(in: output, "files of figures")
  }
}
