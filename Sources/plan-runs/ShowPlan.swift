import ArgumentParser
import Experiments
import Foundation
import ToolSupport

struct ShowPlan: Tool {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Shows the runs of a preset and the hours that are left, on two cores.")

  @Option(help: "Size of the runs.") var preset: Preset
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let plan = RunPlan(try catalogue.load().experiments(at: preset), results: results.results, revision: results.revision)
    let rows = plan.rows.map { row in
      let finished = row.statuses.filter(\.isFinished).count
      return [
        row.experiment, row.seeds.map(String.init).joined(separator: " "), "\(finished) of \(row.seeds.count)", Self.hours(row.hoursPerRun),
        Self.hours(row.hoursLeft),
      ]
    }
    printColumns([["EXPERIMENT", "SEEDS", "FINISHED", "PER SEED", "LEFT"]] + rows)
    print("left at preset \(preset.rawValue): \(Self.hours(plan.hoursLeft))")
  }

  private static func hours(_ value: Double) -> String { String(format: "%.3g h", value) }
}
