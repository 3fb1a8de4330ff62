import ArgumentParser
import Catalogue
import ExperimentOptions
import RunPlanning
import RunSupport
import ToolSupport

struct ShowCampaign: Tool {
  static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract: "Shows the entries of the campaign in their order: how many runs are shipped, finished and left, and the hours.")

  @Option(help: "Only these entries, with spaces between them; empty for all.") var entries = ""
  @Flag(help: "Only entries that have runs left.") var left = false
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions
  @OptionGroup var machine: MachineOptions

  func run() throws {
    let campaign = try Campaign(of: catalogue.load())
    let plan = try CampaignPlan(
      campaign, entries: entries.split(separator: " ").map(String.init), on: machine.chosen(), results: results.results)
    let rows = plan.rows.filter { !left || $0.countLeft > 0 }
    guard !rows.isEmpty else {
      return print("campaign: every run is shipped or finished; make ship ships what is finished")
    }
    print("Campaign\(left ? ", what is left" : ""). Hours are for \(plan.machine.text), \(plan.machine.origin).\n")
    printColumns(
      [["ENTRY", "PRESET", "RUNS", "SHIPPED", "FINISHED", "MISSING", "ALL", "LEFT", "MEMORY", "TITLE"]] + rows.map(Self.line)
        + [total(rows)])
    print(
      """

      SHIPPED    came with the repository, or make ship has put them there; FINISHED were made here and are not shipped yet
      ALL        hours of all runs, one after another; LEFT those of the runs that are missing
      MEMORY     the largest memory of a run

      Next: make campaign trains what is missing, in this order; TASKS="ENTRY …" only some entries
      """)
  }

  private static func line(_ row: CampaignPlan.Row) -> [String] {
    [
      row.name, row.preset.rawValue, "\(row.runCount)", "\(row.shippedCount)", "\(row.finishedCount)", "\(row.countLeft)",
      HoursText.text(row.hours), HoursText.text(row.hoursLeft), ByteCount.text(row.memoryBytes), row.title,
    ]
  }

  private func total(_ rows: [CampaignPlan.Row]) -> [String] {
    func sum(_ value: (CampaignPlan.Row) -> Int) -> String { "\(rows.map(value).reduce(0, +))" }
    func hours(_ value: (CampaignPlan.Row) -> Double) -> String { HoursText.text(rows.map(value).reduce(0, +)) }
    return [
      "total", "", sum(\.runCount), sum(\.shippedCount), sum(\.finishedCount), sum(\.countLeft), hours(\.hours), hours(\.hoursLeft),
      ByteCount.text(rows.map(\.memoryBytes).max() ?? 0), "",
    ]
  }
}
