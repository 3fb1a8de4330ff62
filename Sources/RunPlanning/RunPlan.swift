import Catalogue
import Foundation

/// The runs of a preset with the hours and the memory that they are expected to take.
package struct RunPlan {
  package struct Row: Sendable, Equatable {
    package let experiment: String
    package let group: String
    package let seeds: [UInt64]
    /// Hours and memory of one run.
    package let cost: RunCost
    /// About what one run leaves on the disk.
    package let bytesPerRun: Double
    package let statuses: [RunStatus]

    package var finishedCount: Int { statuses.count(where: \.isFinished) }
    package var shippedCount: Int { statuses.count(where: \.isShipped) }

    /// Hours of the runs that are not finished.
    package var hoursLeft: Double { cost.hours * Double(seeds.count - finishedCount) }
    /// Hours of all its runs, finished or not.
    package var hours: Double { cost.hours * Double(seeds.count) }
    /// What all its runs leave on the disk, finished or not.
    package var bytes: Double { bytesPerRun * Double(seeds.count) }
  }

  /// What the hours are for.
  package let machine: Machine
  package let rows: [Row]
  /// What the experiments read, each once, and whether it is there.
  package let data: [PlannedData]

  /// - Parameters:
  ///   - machine: where the runs are to be made.
  ///   - results: the folder with `runs` and `shipped`.
  ///   - data: the folder with `raw` and `prepared`.
  package init(_ experiments: [Experiment], on machine: Machine, results: String, data: String = "data", revision: String?) {
    self.machine = machine
    rows = experiments.map { experiment in
      Row(
        experiment: experiment.id, group: experiment.group, seeds: experiment.seeds, cost: RunCost(experiment, on: machine),
        bytesPerRun: DiskEstimate.bytes(ofRun: experiment),
        statuses: experiment.seeds.map { RunStatus.of(experiment, seed: $0, results: results, revision: revision) })
    }
    self.data = PlannedData.of(experiments, data: data)
  }

  package var hoursLeft: Double { rows.map(\.hoursLeft).reduce(0, +) }

  package var groups: [String] { Set(rows.map(\.group)).sorted() }

  package func rows(of group: String) -> [Row] { rows.filter { $0.group == group } }
}

extension RunStatus {
  /// Whether a result exists, stale or not.
  package var isFinished: Bool {
    switch self {
    case .done, .shipped, .stale: true
    case .running, .queued, .failed, .interrupted, .missing: false
    }
  }

  package var isShipped: Bool { if case .shipped = self { true } else { false } }
}
