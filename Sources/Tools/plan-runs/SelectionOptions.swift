import ArgumentParser
import Catalogue
import ExperimentOptions
import RunPlanning
import Runs
import ToolSupport

/// Which runs of a group are meant; lists are texts with spaces, as Make passes them.
struct SelectionOptions: ParsableArguments {
  @Option(help: "Group of experiments, such as lra; `all` for every group.") var group: String
  @Option(help: "Size of the runs.") var preset: Preset
  @Option(help: "Only these tasks, with spaces between them; empty for all.") var tasks = ""
  @Option(help: "Seeds instead of each experiment's own list, with spaces between them; empty for that list.") var seeds = ""

  func validate() throws {
    if let wrong = words(seeds).first(where: { UInt64($0) == nil }) { throw ValidationError("--seeds: '\(wrong)' is no seed") }
  }

  func select(from catalogue: ExperimentCatalogue) throws -> RunSelection {
    try RunSelection(catalogue, group: group, preset: preset, tasks: words(tasks), seeds: words(seeds).compactMap(UInt64.init))
  }

  private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}

struct SelectRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Lists the runs that make reproduce-GROUP asks for, a path a line.")

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    for member in try selection.select(from: catalogue.load()).members {
      for seed in member.seeds {
        print(FinishedRun.relativePath(experiment: member.experiment.id, preset: member.experiment.preset, seed: seed))
      }
    }
  }
}
