import Foundation

/// The runs of a preset with the hours that they are expected to take.
package struct RunPlan {
  package struct Row: Sendable, Equatable {
    package let experiment: String
    package let seeds: [UInt64]
    package let hoursPerRun: Double
    package let statuses: [RunStatus]

    /// Hours of the runs that are not finished.
    package var hoursLeft: Double { hoursPerRun * Double(statuses.filter { !$0.isFinished }.count) }
  }

  package let rows: [Row]

  package init(_ experiments: [Experiment], results: String, revision: String?) {
    rows = experiments.map { experiment in
      Row(
        experiment: experiment.id, seeds: experiment.seeds, hoursPerRun: experiment.expectedHours,
        statuses: experiment.seeds.map { RunStatus.of(experiment, seed: $0, results: results, revision: revision) })
    }
  }

  package var hoursLeft: Double { rows.map(\.hoursLeft).reduce(0, +) }
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
