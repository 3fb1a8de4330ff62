import ArgumentParser
import Catalogue
import DatasetPreparation
import ExperimentOptions
import Foundation
import RunPlanning
import RunSupport
import ToolSupport

struct ShowPlan: Tool {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Shows the runs of a preset, by group, with the hours, the memory and the disk space they take.")

  @Option(help: "Size of the runs.") var preset: Preset
  @Option(help: "Folder with raw and prepared data.", completion: .directory) var data = "data"
  @Option(help: "List of sources, for the sizes of downloads.", completion: .file()) var sources = "data/sources.yaml"
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var division: SplitOptions

  func run() throws {
    let experiments = try catalogue.load().experiments(at: preset)
    let machine = try machine.chosen()
    let plan = RunPlan(experiments, on: machine, results: results.results, data: data, revision: results.revision)
    print("Plan of preset \(preset.rawValue): \(Self.meaning(of: preset)).")
    print("Hours are for \(machine.text), \(machine.origin)\(machine.isComputed ? "" : "; make calibrate measures this machine").")
    // On a device the processor's threads decide little.
    if !machine.isComputed { print("\(try division.choice().text).") }
    print("")
    for group in plan.groups { printGroup(group, plan.rows(of: group)) }
    printTotals(plan)
    printData(plan.data)
    print(
      """

      PER SEED   hours of one run, computed from its steps (docs/performance.md)
      ALL        hours of all runs, one after another; LEFT those of the runs that are not finished; stale runs count as finished
      MEMORY     the largest memory of a run; of a group that of its largest
      DISK       about what all runs of the line take when they are finished, checkpoints included

      \(nextCommand(plan))
      """)
  }

  private static func meaning(of preset: Preset) -> String {
    switch preset {
    case .smoke: "seconds a run, which only prove that the path works"
    case .reduced: "the papers' methods and tasks at a size of minutes"
    case .paper: "the configurations that the papers report"
    }
  }

  private func printGroup(_ group: String, _ rows: [RunPlan.Row]) {
    print("\(group)  (make reproduce-\(group) PRESET=\(preset.rawValue))")
    let lines = rows.map { row in
      [
        "  " + row.experiment, row.seeds.map(String.init).joined(separator: " "),
        "\(row.finishedCount) of \(row.seeds.count)\(row.shippedCount > 0 ? ", \(row.shippedCount) shipped" : "")",
        HoursText.text(row.cost.hours), HoursText.text(row.hours), HoursText.text(row.hoursLeft), ByteCount.text(row.cost.memoryBytes),
        ByteCount.text(row.bytes),
      ]
    }
    printColumns([["  EXPERIMENT", "SEEDS", "FINISHED", "PER SEED", "ALL", "LEFT", "MEMORY", "DISK"]] + lines)
    print("")
  }

  private func printTotals(_ plan: RunPlan) {
    func line(_ name: String, _ rows: [RunPlan.Row]) -> [String] {
      let runs = rows.map(\.seeds.count).reduce(0, +)
      return [
        name, "\(rows.count)", "\(runs)", "\(rows.map(\.finishedCount).reduce(0, +))", HoursText.text(rows.map(\.hours).reduce(0, +)),
        HoursText.text(rows.map(\.hoursLeft).reduce(0, +)), ByteCount.text(rows.map(\.cost.memoryBytes).max() ?? 0),
        ByteCount.text(rows.map(\.bytes).reduce(0, +)),
      ]
    }
    let groups = plan.groups.map { line($0, plan.rows(of: $0)) }
    printColumns([["GROUP", "EXPERIMENTS", "RUNS", "FINISHED", "ALL", "LEFT", "MEMORY", "DISK"]] + groups + [line("total", plan.rows)])
  }

  private func printData(_ data: [PlannedData]) {
    let sources = try? SourceList(file: sources)
    print("\nData that these runs read (make data-… and make download-… in make help; where they come from: data/README.md)")
    let lines = data.map { data -> [String] in
      let prepared = "\(data.readyCount) of \(data.prepared.count)"
      guard let raw = data.raw else { return ["  generated here", "no download", prepared] }
      let size = (try? sources?.source(raw))??.downloadBytes.map { ByteCount.text(Double($0)) } ?? "size not published"
      return ["  \(raw)", data.isFetched ? "fetched" : "to fetch: \(size)", prepared]
    }
    printColumns([["  SOURCE", "RAW FILES", "PREPARED"]] + lines)
  }

  private func nextCommand(_ plan: RunPlan) -> String {
    let open = plan.groups.filter { $0 != RunSelection.testGroup }.filter { group in
      plan.rows(of: group).contains { $0.finishedCount < $0.seeds.count }
    }
    let cheapest = open.min { cost($0, plan) < cost($1, plan) }
    guard let cheapest else { return "Next: make compare PRESET=\(preset.rawValue) (every run is finished)" }
    return
      "Next: make reproduce-\(cheapest) PRESET=\(preset.rawValue) (the group with the fewest hours left); make status shows what there is"
  }

  private func cost(_ group: String, _ plan: RunPlan) -> Double { plan.rows(of: group).map(\.hoursLeft).reduce(0, +) }
}

extension RawSource {
  /// Bytes of what a download fetches, as far as they are published; nil if those of some file are not.
  fileprivate var downloadBytes: Int? {
    files.filter { !$0.urls.isEmpty }.reduce(0 as Int?) { sum, file in sum.flatMap { sum in file.bytes.map { sum + $0 } } }
  }
}
