import ArgumentParser
import Catalogue
import ExperimentOptions
import RunPlanning

/// Which runs are meant; lists are texts with spaces, as Make passes them.
struct SelectionOptions: ParsableArguments {
  @Option(help: "Size of the runs.") var preset: Preset
  @Option(help: "Only these tasks of a group, or entries of the campaign, with spaces between them; empty for all.") var tasks = ""
  @Option(parsing: .unconditional, help: "Seeds instead of each experiment's own list, with spaces between them; empty for that list.")
  var seeds = ""
  @Option(parsing: .unconditional, help: "One seed instead of all of them.") var seed: String?

  var taskList: [String] { tasks.split(separator: " ").map(String.init) }

  /// - Throws: `StageError` (`usage`) for seeds that are none.
  func seedList() throws -> [UInt64] {
    let several = try RunSelection.seeds(seeds)
    return try seed.map { [try RunSelection.seed($0)] } ?? several
  }
}

/// A goal of Make with everything that its meaning depends on.
struct GoalOptions: ParsableArguments {
  @Option(
    help: """
      A goal of Make: reproduce-GROUP, quickstart, campaign, claim-ID, an experiment's id, data-FAMILY, or the path of a run's summary or of prepared data.
      """) var goal: String
  @Flag(help: "The goal is an experiment's id and nothing else.") var experiment = false
  @OptionGroup var selection: SelectionOptions
  @Option(help: "Folder with raw and prepared data.", completion: .directory) var data = "data"
  @OptionGroup var catalogue: CatalogueOptions

  /// `reproduce-lra, preset smoke`; `campaign`, whose runs have presets of their own.
  var title: String { goal == RunSelection.campaign ? goal : "\(goal), preset \(selection.preset.rawValue)" }

  /// - Parameter results: the folder with `shipped`.
  func meaning(results: String) throws -> MakeGoal { try meaning(in: catalogue.load(), results: results) }

  func meaning(in catalogue: ExperimentCatalogue, results: String) throws -> MakeGoal {
    let seeds = try selection.seedList()
    if experiment { _ = try catalogue.resolve(id: goal, preset: selection.preset) }
    return try MakeGoal(
      goal, in: catalogue, preset: selection.preset, tasks: selection.taskList, seeds: seeds, results: results, data: data)
  }
}
