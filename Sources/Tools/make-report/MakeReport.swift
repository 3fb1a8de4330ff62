import ArgumentParser
import Catalogue
import ExperimentOptions
import Reporting
import RunSupport
import ToolSupport

@main struct MakeReport: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-report", abstract: "Makes one page of all results that a browser opens without a network.",
    discussion: """
      Tables beside the published numbers, every figure, every run with its curves and its provenance, what is missing with the command \
      that makes it, and a part in which the systems of each method can be tried. Draws the figures on its way; nothing is trained.
      """)

  @Option(help: "Size of the runs; may be repeated (default: each that has a finished run).") var preset: [Preset] = []
  @Option(help: "The page.", completion: .file()) var output = "results/report.html"
  @Option(help: "Folder of its templates, style and scripts.", completion: .directory) var templates = "report"
  @Option(help: "Folder that holds a folder of plotting scripts for each paper, and receives the figures.", completion: .directory)
  var figures = "paper-figures"
  @OptionGroup var hours: LedgerHours
  @OptionGroup var finished: FinishedRunOptions

  func run() throws {
    let templates = try ReportTemplates(folder: templates)
    let (catalogue, runs) = try finished.load(preset.count == 1 ? preset[0] : nil, warn: Self.warn)
    let evidence = ClaimEvidence(catalogue: catalogue, runs: runs, analytic: finished.analyticFolders)
    let ledger = try Ledger(catalogue, evidence: evidence, machines: hours.machines())
    let inputs = try ReportInputs(catalogue: catalogue, runs: runs, ledger: ledger, presets: preset, limits: finished.delayLimits)
    var gnuplot = try Gnuplot()
    gnuplot.warn = Messages.line
    let drawn = try ReportFigures(folder: figures, analytic: finished.analyticFolders, page: output, gnuplot: gnuplot).views(inputs)
    var written = WrittenFiles()
    try written.write(templates.render(ReportPage(inputs, figures: drawn)), to: output)
    written.finish(in: output, "page")
  }
}
