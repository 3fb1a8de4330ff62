import Catalogue
import RunSupport
import Runs

extension RunSummary {
  /// A plausible summary; only what a test looks at is given.
  package static func fixture(_ experiment: Experiment, seed: UInt64, value: Double = 0.5, revision: String = "0123456789abcdef")
    -> RunSummary
  {
    RunSummary(
      experiment: experiment.id, preset: experiment.preset, seed: seed, metric: .accuracy,
      value: value, testLoss: 1, testCount: 100, bestEpoch: 1, validationValue: value, validationLoss: 1, epochs: 2, steps: 20,
      parameterCount: 1000, chance: 0.1, wallSeconds: 3, peakMemoryMB: 100, unofficialData: false, standIn: false, revision: revision,
      dirty: false, dataCards: [], fingerprint: "ff")
  }

  /// Writes the run's folder.
  ///
  /// - Parameter configuration: the catalogue's own if it is nil.
  package func write(results: String, origin: FinishedRun.Origin = .own, configuration: ExperimentConfiguration? = nil) throws {
    let folder = "\(results)/\(origin.folder)/\(FinishedRun.relativePath(experiment: experiment, preset: preset, seed: seed))"
    let configuration = try configuration ?? ExperimentCatalogue.shared().resolve(id: experiment, preset: preset).configuration
    try AtomicFile.write(try JSONText.encode(configuration), to: "\(folder)/configuration.json")
    try AtomicFile.write(try JSONText.encode(self), to: "\(folder)/summary.json")
  }
}
