import Catalogue

/// The entries of the campaign with what there is of their runs, and the hours that the others are expected to take.
package struct CampaignPlan {
  package struct Row: Sendable {
    package let name: String
    package let title: String
    package let preset: Preset
    package let runCount: Int
    /// Runs of the present configuration that came with the repository.
    package let shippedCount: Int
    /// Runs of the present configuration that were finished here and are not shipped.
    package let finishedCount: Int
    /// Of all its runs, one after another.
    package let hours: Double
    /// Of those that are neither shipped nor finished.
    package let hoursLeft: Double
    /// The largest memory of a run.
    package let memoryBytes: Double

    package var countLeft: Int { runCount - shippedCount - finishedCount }
  }

  /// What the hours are for.
  package let machine: Machine
  /// In the order of the campaign.
  package let rows: [Row]

  /// - Parameters:
  ///   - entries: names of entries; empty for all.
  ///   - machine: where the runs are to be made.
  ///   - results: the folder with `runs` and `shipped`.
  /// - Throws: `StageError` (`usage`) for an entry that there is not.
  package init(_ campaign: Campaign, entries: [String] = [], on machine: Machine, results: String) throws {
    self.machine = machine
    rows = try RunSelection.entries(entries, of: campaign).map { Row($0, on: machine, results: results) }
  }
}

extension CampaignPlan.Row {
  fileprivate init(_ entry: Campaign.Entry, on machine: Machine, results: String) {
    (name, title, preset) = (entry.name, entry.title, entry.preset)
    var (runs, shipped, finished, all, left, memory) = (0, 0, 0, 0.0, 0.0, 0.0)
    for run in entry.runs {
      let cost = RunCost(run.experiment, on: machine)
      let isShipped = run.seeds.filter { run.experiment.isShipped(seed: $0, results: results) }
      let isFinished = run.seeds.filter { !isShipped.contains($0) && run.experiment.finishTime(seed: $0, results: results) != nil }
      runs += run.seeds.count
      shipped += isShipped.count
      finished += isFinished.count
      all += cost.hours * Double(run.seeds.count)
      left += cost.hours * Double(run.seeds.count - isShipped.count - isFinished.count)
      memory = max(memory, cost.memoryBytes)
    }
    (runCount, shippedCount, finishedCount, hours, hoursLeft, memoryBytes) = (runs, shipped, finished, all, left, memory)
  }
}
