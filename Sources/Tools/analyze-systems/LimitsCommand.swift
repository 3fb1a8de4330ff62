import ArgumentParser
import Catalogue
import ExperimentOptions
import RunSupport
import SystemAnalysis
import ToolSupport

struct LimitsCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "limits", abstract: "The least-squares limit of each experiment of the delay task.",
    discussion: """
      The smallest mean squared error on the test sequences over all C, D and decoders, with the poles where training starts. Limits that \
      the file holds for the same data and model are kept. Eigenvalues of the Gram matrix below 1e-12 of the largest are left out; rank \
      counts the others.

      Example: analyze-systems limits --preset paper
      """)
  @Option(help: "Size of the task and the models.") var preset: Preset
  @Option(help: "CSV file of the limits (default: results/analytic/delay-limits-PRESET.csv).", completion: .file()) var output: String?
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let configurations = try catalogue.load().experiments(at: preset).map(\.configuration)
    let path = output ?? ResultOptions.delayLimits(preset, results: "results")
    _ = try DelayLimits.update(file: path, configurations) { Messages.line($0) }
    print(path)
  }
}
