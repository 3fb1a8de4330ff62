import ArgumentParser
import Catalogue
import ExperimentOptions
import RunSupport
import ToolSupport

struct ResolveExperiment: Tool {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Prints the full configuration of experiments at one preset as JSON.",
    discussion: "With --folder, a file is replaced only if its content changes, so that Make sees no change where there is none.")

  @Option(parsing: .upToNextOption, help: "Experiments, as `plan-runs list` names them.") var experiment: [String]
  @Option(help: "Size of the run.") var preset: Preset
  @Option(help: "Folder to write EXPERIMENT/PRESET.json to instead of standard output.", completion: .directory) var folder: String?
  @Flag(help: "Say instead where each value stands, whether it is a choice of ours that can move the result, and its source.") var origins =
    false
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let catalogue = try catalogue.load(warns: folder == nil)
    for id in experiment {
      if origins {
        printOrigins(try catalogue.origins(id: id, preset: preset))
        continue
      }
      let text = try JSONText.encode(try catalogue.resolve(id: id, preset: preset).configuration)
      if let folder {
        try AtomicFile.writeIfChanged(text, to: "\(folder)/\(id)/\(preset.rawValue).json")
      } else {
        print(text, terminator: "")
      }
    }
  }

  private func printOrigins(_ origins: [ValueOrigin]) {
    let rows = origins.map { origin in
      [origin.path, origin.value, origin.place, origin.source?.isOurs == true ? "yes" : "", origin.source?.text ?? ""]
    }
    printColumns([["VALUE", "IS", "PLACE", "OURS", "SOURCE"]] + rows)
  }
}
