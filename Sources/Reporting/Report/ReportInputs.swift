import Catalogue
import Runs
import SystemAnalysis

/// What the page of all results is made of.
package struct ReportInputs {
  let catalogue: ExperimentCatalogue
  let runs: FinishedRuns
  let ledger: Ledger
  /// From the reported size down.
  let presets: [Preset]
  private let limits: [Preset: DelayLimits]

  /// - Parameters:
  ///   - runs: their files have been compared with their hashes.
  ///   - presets: those that the page has; without any each that has a run, or `reduced` if none has.
  ///   - limits: least squares of the delay task.
  package init(
    catalogue: ExperimentCatalogue, runs: FinishedRuns, ledger: Ledger, presets: [Preset] = [],
    limits: (Preset) throws -> DelayLimits = { _ in DelayLimits() }
  ) rethrows {
    (self.catalogue, self.runs, self.ledger) = (catalogue, runs, ledger)
    let found = presets.isEmpty ? runs.presets : presets
    self.presets = Preset.allCases.reversed().filter(found.isEmpty ? { $0 == .reduced } : found.contains)
    self.limits = Dictionary(uniqueKeysWithValues: try self.presets.map { ($0, try limits($0)) })
  }

  func limits(_ preset: Preset) -> DelayLimits { limits[preset] ?? DelayLimits() }

  /// Every experiment at a preset with what has run.
  func results(_ preset: Preset) -> [ExperimentResult] {
    catalogue.experiments(at: preset).map { ExperimentResult($0, runs: runs, limits: limits(preset)) }
  }

  func tables(_ preset: Preset) -> ResultTables {
    ResultTables(preset: preset, catalogue: catalogue, runs: runs, limits: limits(preset))
  }
}
