import Experiments
import RunSupport

extension RunSummary {
  /// A plausible summary; only what a test looks at is given.
  static func fixture(_ experiment: Experiment, seed: UInt64, value: Double = 0.5, revision: String = "0123456789abcdef") -> RunSummary {
    RunSummary(
      experiment: experiment.id, preset: experiment.preset, seed: seed, title: experiment.configuration.title, metric: "accuracy",
      value: value, testLoss: 1, testCount: 100, bestEpoch: 1, validationValue: value, validationLoss: 1, epochs: 2, steps: 20,
      parameterCount: 1000, chance: 0.1, wallSeconds: 3, peakMemoryMB: 100, unofficialData: false, standIn: false, revision: revision,
      dirty: false, dataCards: [], fingerprint: "ff")
  }

  func write(results: String, origin: FinishedRun.Origin = .own) throws {
    let path = FinishedRun.relativePath(experiment: experiment, preset: preset, seed: seed)
    try AtomicFile.write(try JSONText.encode(self), to: "\(results)/\(origin.folder)/\(path)/summary.json")
  }
}
