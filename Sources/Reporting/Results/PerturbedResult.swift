import Catalogue
import Runs

/// The test result of an experiment under random changes of its trained systems, size by size, over the draws of all its runs.
struct PerturbedResult {
  /// What changes of one size do; size 0 is the model as it is.
  struct Level {
    let size: Double
    /// The metric in the unit in which it is shown, a value for each run and draw.
    let values: SeedValues
    /// ‖G − G̃‖∞/‖G‖∞ of the middle system, a value for each run and draw; empty where systems cannot be compared.
    let changes: SeedValues
    /// Share of the poles whose change was turned to keep them in the half plane, in percent; nil without such poles.
    let turnedShare: Double?
  }

  let result: ExperimentResult
  /// In the order of sizes; empty without a run that was measured so.
  let levels: [Level]

  /// - Throws: `StageError` (`badData`) if a run's `perturbation.csv` cannot be read.
  init(_ result: ExperimentResult) throws {
    self.result = result
    let columns = [PerturbationColumn.size, .value, .relativeMedian, .turnedPoles, .poles]
    let rows = try result.runs.flatMap { try $0.perturbationRows(columns) ?? [] }
    let sizes = Set(rows.compactMap { $0[0] }).sorted()
    levels = sizes.map { size in
      let ofSize = rows.filter { $0[0] == size }
      func sum(_ column: Int) -> Double { ofSize.compactMap { $0[column] }.reduce(0, +) }
      return Level(
        size: size, values: SeedValues(values: ofSize.compactMap { $0[1] }.map { result.metric.scale * $0 }, statistic: .median),
        changes: SeedValues(values: ofSize.compactMap { $0[2] }, statistic: .median), turnedShare: sum(4) > 0 ? 100 * sum(3) / sum(4) : nil)
    }
  }

  /// What measures the first run.
  var command: String {
    let experiment = result.experiment
    let seed = result.runs.first?.summary.seed ?? experiment.seeds.first ?? 1
    return "make perturb EXPERIMENT=\(experiment.id) SEED=\(seed) PRESET=\(experiment.preset.rawValue)"
  }
}
