import ArgumentParser
import Catalogue
import ExperimentOptions
import RunPlanning
import RunSupport

/// The runs of a group, for those who make them without Make.
struct GroupOptions: ParsableArguments {
  @Option(help: "A group of experiments as reproduce-GROUP names it, all, campaign, or claim-ID.") var group: String
  @OptionGroup var selection: SelectionOptions
  @Option(help: "Folder with raw and prepared data.", completion: .directory) var data = "data"

  /// Whether its runs have presets of their own.
  var namesPresets: Bool { group == RunSelection.campaign || group.hasPrefix("claim-") }

  /// - Parameters:
  ///   - verb: of the goal of Make that calls the tool: `submit`.
  ///   - results: the folder with `shipped`.
  func members(in catalogue: ExperimentCatalogue, results: String, verb: String) throws -> [RunSelection.Member] {
    do {
      return try MakeGoal(
        namesPresets ? group : "reproduce-\(group)", in: catalogue, preset: selection.preset, tasks: selection.taskList,
        seeds: selection.seedList(), results: results, data: data
      ).members
    } catch var error as StageError {
      // The words of Make's goal of the same name.
      error.location.replace("make reproduce-", with: "make \(verb)-")
      error.remedy.replace("make reproduce-", with: "make \(verb)-")
      throw error
    }
  }
}
