import ArgumentParser
import Catalogue
import ExperimentOptions
import Foundation
import ToolSupport

struct ListExperiments: Tool {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the experiments with their presets and expected hours.")

  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let catalogue = try catalogue.load()
    let rows = catalogue.all.map { experiment in
      [experiment.id, experiment.preset.rawValue, String(format: "%.3g h", experiment.expectedHours), experiment.title]
    }
    printColumns([["EXPERIMENT", "PRESET", "PER SEED", "TITLE"]] + rows)
  }
}
