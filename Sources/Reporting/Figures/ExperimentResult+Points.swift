import Catalogue
import Runs

/// Numbers of the files of finished runs, as figures want them.
extension ExperimentResult {
  /// The rows of a table of the first seed's run, in the order of `columns`; none without a run or its table.
  ///
  /// - Throws: `StageError` (`badData`) as of `FinishedRun.rows`.
  func rows<Column: RunColumn>(_ columns: [Column], where conditions: [Column: any CustomStringConvertible] = [:]) throws -> [[Double?]] {
    try runs.first?.rows(columns, where: conditions) ?? []
  }

  /// The same of the rows that belong to an excerpt.
  func rows<Column: RunColumn>(_ columns: [Column], in excerpt: TableExcerpt) throws -> [[Double?]] {
    try runs.first?.rows(columns, in: excerpt) ?? []
  }

  /// y over x of a table of the first seed, only where x is one of `range`.
  func points<Column: RunColumn>(
    x: Column, y: Column, where conditions: [Column: any CustomStringConvertible], in range: Range<Int>
  ) throws -> [Figure.Point] {
    try rows([x, y], where: conditions).compactMap { row in
      guard let x = row[0], let y = row[1], range.contains(Int(x)) else { return nil }
      return Figure.Point(x: x, y: y)
    }
  }

  /// y over x of a table: mean or median of all seeds, with the range of seeds where there are several; empty without runs or tables, and
  /// where runs are no result.
  func curve<Column: RunColumn>(x: Column, y: Column, where conditions: [Column: any CustomStringConvertible] = [:]) throws -> [Figure
    .Point]
  {
    var values: [Double: [Double]] = [:]
    for run in isResult ? runs : [] {
      for row in try run.rows([x, y], where: conditions) ?? [] {
        if let x = row[0], let y = row[1] { values[x, default: []].append(metric.scale * y) }
      }
    }
    return values.sorted { $0.key < $1.key }.compactMap { x, ys in point(x, ys) }
  }

  /// One mark for the test results of all seeds, or for another number of each summary; nil without any, and where runs are no result.
  func mark(at x: Double, _ value: (RunSummary) -> Double? = { $0.value }) -> Figure.Point? {
    isResult ? point(x, runs.compactMap { value($0.summary) }.map { metric.scale * $0 }) : nil
  }

  private func point(_ x: Double, _ values: [Double]) -> Figure.Point? {
    let seeds = SeedValues(values: values.sorted(), statistic: experiment.statistic)
    return seeds.centre.map { Figure.Point(x: x, y: $0, low: seeds.range?.lowerBound, high: seeds.range?.upperBound) }
  }

  /// A series that is of this experiment alone.
  func series(_ label: String, _ kind: Figure.Series.Kind = .line, hue: SeriesHue, points: [Figure.Point] = []) -> Figure.Series {
    Figure.Series(label: label, experiment: experiment.id, kind: kind, hue: hue, points: points)
  }

  /// The first printed number that its test result answers; none that `published.csv` calls unverified.
  func publishedValue(_ published: PublishedNumbers) -> Double? {
    let numbers = experiment.answers.filter { $0.probe == nil }.compactMap { published[$0.cell] }
    return numbers.first { $0.value != nil && $0.isVerified }?.value
  }

  /// The word for its test result beside that number: `within (our reading)`; nil where there is none.
  func publishedWord(_ published: PublishedNumbers) -> String? {
    let records = experiment.answers.filter { $0.probe == nil }.map { ResultRecord(self, answer: $0, published: published) }
    return records.first { $0.judgement?.verdict.isWord == true }?.verdictText
  }

  /// What makes a file that finished runs of an earlier version lack; without runs what trains the first.
  var analysisCommand: String { remakingCommand { "rm \($0)/summary.json" } }

  /// What makes a file that only training itself can write, from its first epoch on; without runs what trains the first.
  var retrainCommand: String { remakingCommand { "rm -r \($0)" } }

  /// - Parameter removal: the command that takes away what keeps Make from running again, for a run's folder.
  private func remakingCommand(_ removal: (String) -> String) -> String {
    guard let run = runs.first else { return command() }
    let make = "make run EXPERIMENT=\(experiment.id) SEED=\(run.summary.seed) PRESET=\(experiment.preset.rawValue)"
    return run.origin == .own ? "\(removal(run.directory)) && \(make)" : make
  }
}
