import Documents
import Experiments
import Foundation

/// Numbers of the files of finished runs, as figures want them.
extension ExperimentResult {
  /// The rows of a run's file as numbers by column name, only those in which `matching` columns have these values; nil if the run, made by
  /// an earlier version, lacks the file.
  ///
  /// - Throws: `StageError` (`badData`) for a missing column or a field that is no number.
  static func rows(
    _ run: FinishedRun, file: String, columns: [String], matching: [String: String] = [:]
  ) throws -> [[Double?]]? {
    let path = "\(run.directory)/\(file)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let table = try CSVTable(fromFile: path, fix: "delete the run's summary.json and run it again")
    let places = try columns.map { try table.index(of: $0) }
    let conditions = try matching.map { (try table.index(of: $0.key), $0.value) }
    return try table.rows.enumerated().compactMap { index, row in
      guard conditions.allSatisfy({ row[$0.0] == $0.1 }) else { return nil }
      return try places.map { try table.number(row[$0], row: index) }
    }
  }

  /// y over x of a file: mean or median of all seeds, with the range of seeds where there are several; empty without runs or files.
  func curve(_ file: String, x: String, y: String, matching: [String: String] = [:], factor: Double = 1) throws -> [Figure.Point] {
    var values: [Double: [Double]] = [:]
    for run in runs {
      for row in try Self.rows(run, file: file, columns: [x, y], matching: matching) ?? [] {
        if let x = row[0], let y = row[1] { values[x, default: []].append(factor * y) }
      }
    }
    return values.sorted { $0.key < $1.key }.map { x, ys in point(x, ys) }
  }

  /// One mark for the test results of all seeds, or for another number of each summary; nil without any.
  func mark(at x: Double, factor: Double = 1, _ value: (RunSummary) -> Double? = { $0.value }) -> Figure.Point? {
    let values = runs.compactMap { value($0.summary) }
    return values.isEmpty ? nil : point(x, values.map { factor * $0 })
  }

  private func point(_ x: Double, _ values: [Double]) -> Figure.Point {
    let sorted = values.sorted()
    let isRange = sorted.count > 1
    return Figure.Point(
      x: x, y: statisticOf(sorted), low: isRange ? sorted.first : nil, high: isRange ? sorted.last : nil)
  }

  private func statisticOf(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    switch experiment.statistic {
    case .mean: return sorted.reduce(0, +) / Double(sorted.count)
    case .median: return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
  }

  /// The first printed number that its test result answers; none that `published.csv` calls unverified.
  func publishedValue(_ published: PublishedNumbers) -> Double? {
    let numbers = experiment.answers.filter { $0.probe == nil }.compactMap { published[$0.cell] }
    return numbers.first { $0.value != nil && !$0.note.hasPrefix("UNVERIFIED") }?.value
  }

  /// What makes a file that finished runs of an earlier version lack; without runs what trains the first.
  var analysisCommand: String { remakingCommand { "rm \($0)/summary.json" } }

  /// The same for a file that only training itself can write, from its first epoch on.
  var retrainCommand: String { remakingCommand { "rm -r \($0)" } }

  /// - Parameter removal: the command that takes away what keeps Make from running again, for a run's folder.
  private func remakingCommand(_ removal: (String) -> String) -> String {
    guard let run = runs.first else { return command() }
    let make = "make run EXPERIMENT=\(experiment.id) SEED=\(run.summary.seed) PRESET=\(experiment.preset.rawValue)"
    return run.origin == .own ? "\(removal(run.directory)) && \(make)" : make
  }

  /// Percent of accuracies, else 1.
  var unitFactor: Double { metric.scale }

  /// `accuracy (%)` or `mse`.
  var metricLabel: String { metric.axisLabel }
}
