import Catalogue
import Foundation

/// The runs of a preset with the hours that they are expected to take.
package struct RunPlan {
  package struct Row: Sendable, Equatable {
    package let experiment: String
    package let group: String
    package let seeds: [UInt64]
    package let hoursPerRun: Double
    /// About what one run leaves on the disk.
    package let bytesPerRun: Double
    package let statuses: [RunStatus]

    package var finishedCount: Int { statuses.filter(\.isFinished).count }

    /// Hours of the runs that are not finished.
    package var hoursLeft: Double { hoursPerRun * Double(seeds.count - finishedCount) }
    /// What all its runs take, finished or not.
    package var bytes: Double { bytesPerRun * Double(seeds.count) }
  }

  package let rows: [Row]
  /// What the experiments read, each once, and whether it is there.
  package let data: [PlannedData]

  /// - Parameters:
  ///   - results: the folder with `runs` and `shipped`.
  ///   - data: the folder with `raw` and `prepared`.
  package init(_ experiments: [Experiment], results: String, data: String = "data", revision: String?) {
    rows = experiments.map { experiment in
      Row(
        experiment: experiment.id, group: experiment.group, seeds: experiment.seeds, hoursPerRun: experiment.expectedHours,
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
    case .done, .stale: true
    case .running, .interrupted, .missing: false
    }
  }
}
