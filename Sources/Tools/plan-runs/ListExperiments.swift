import ArgumentParser
import ExperimentOptions
import Foundation
import RunPlanning
import RunSupport
import ToolSupport

struct ListExperiments: Tool {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the experiments with their presets, expected hours and memory.")

  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var machine: MachineOptions

  func run() throws {
    let (catalogue, machine) = (try catalogue.load(), try machine.chosen())
    let rows = catalogue.all.map { experiment in
      let cost = RunCost(experiment, on: machine)
      return [experiment.id, experiment.preset.rawValue, HoursText.text(cost.hours), ByteCount.text(cost.memoryBytes), experiment.title]
    }
    print("Hours of a run on \(machine.text) (\(machine.origin)).\n")
    printColumns([["EXPERIMENT", "PRESET", "PER SEED", "MEMORY", "TITLE"]] + rows)
  }
}
