import Catalogue
import RunSupport
import Runs

/// A run as a job makes it.
package struct SubmittedRun: Sendable {
  package let experiment: Experiment
  package let seed: UInt64
  package let size: SizeClass
  /// How long before its limit the job is told: a step must end, and a checkpoint be written.
  let warningSeconds: Int

  static let leastWarning = 120
  /// Hours of the smallest class are not to be spent waiting.
  static let longestWarning = 1800
  static let stepsOfWarning = 3.0

  package init(_ experiment: Experiment, seed: UInt64, on machine: Machine, hasGPU: Bool) {
    (self.experiment, self.seed) = (experiment, seed)
    let cost = RunCost(experiment, on: machine)
    size = SizeClass(holding: (cost.hours, cost.memoryBytes), hasGPU: hasGPU)
    let step = RunSteps(experiment.configuration).map { machine.trainingSeconds($0.trainingShape) } ?? 0
    let minutes = (1 + Self.stepsOfWarning * step / 60).rounded(.up)
    warningSeconds = Int(min(Double(Self.longestWarning), max(Double(Self.leastWarning), 60 * minutes)))
  }

  /// The run's folder below `runs`.
  package var path: String { FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed) }

  /// The call that trains it, as a line for a shell.
  func command(_ settings: SubmissionSettings, claims: [Claim]) -> String {
    settings.line(
      experiment.training(seed: seed, results: settings.results, data: settings.data, threads: settings.threads, claims: claims)
        + settings.training)
  }
}
