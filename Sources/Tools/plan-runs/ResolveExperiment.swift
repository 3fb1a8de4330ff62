import ArgumentParser
import Catalogue
import ExperimentOptions
import RunSupport
import ToolSupport

struct ResolveExperiment: Tool {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Prints the full configuration of one experiment at one preset as JSON.",
    discussion: "With --output, the file is replaced only if its content changes, so that Make sees no change where there is none.")

  @Option(help: "Experiment, as `plan-runs list` names it.") var experiment: String
  @Option(help: "Size of the run.") var preset: Preset
  @Option(help: "File to write instead of standard output.", completion: .file()) var output: String?
  @Flag(help: "Say instead where each value stands, whether it is a choice of ours that can move the result, and its source.") var origins =
    false
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let catalogue = try catalogue.load()
    if origins {
      let rows = try catalogue.origins(id: experiment, preset: preset).map { origin in
        [origin.path, origin.value, origin.place, origin.source?.isOurs == true ? "yes" : "", origin.source?.text ?? ""]
      }
      return printColumns([["VALUE", "IS", "PLACE", "OURS", "SOURCE"]] + rows)
    }
    let resolved = try catalogue.resolve(id: experiment, preset: preset)
    let text = try JSONText.encode(resolved.configuration)
    if let output {
      try AtomicFile.writeIfChanged(text, to: output)
    } else {
      print(text, terminator: "")
    }
  }
}
