import Catalogue
import RunSupport
import Runs
import Vocabulary

/// A run made here beside the shipped one of the same experiment, preset and seed.
package struct RunVerification: Sendable {
  package enum Verdict: Equatable, Sendable {
    case sameBits
    /// Equal fingerprints promise equal bits.
    case broken(RunDifference)
    /// A test value of both, and how far they may be apart.
    case withinTolerance(Deviation)
    case differs(Deviation)
    case otherData
    case otherConfiguration
    /// The run made here is not what it wrote.
    case damaged(StageError)
  }

  /// Test values of both runs, of all the pair whose difference is the largest share of what it may be.
  package struct Deviation: Equatable, Sendable {
    /// `value`, or the name of a probe.
    let name: String
    let own: Double
    let shipped: Double
    let tolerance: Double

    var share: Double { own == shipped ? 0 : abs(own - shipped) / tolerance }
  }

  /// Below `runs` and `shipped`.
  package let path: String
  package let verdict: Verdict
  private let metric: Metric

  /// How far accuracies may be apart where one seed is shipped, besides three standard errors of the test set.
  private static let accuracyAllowance = 0.02
  /// The same of errors, as a share of the shipped one.
  private static let errorAllowance = 0.05

  /// - Parameters:
  ///   - shippedRuns: all shipped runs of its configuration.
  ///   - excerpts: what is shipped of its large tables.
  /// - Throws: `StageError`: `badData` if a table cannot be read; `inputOutput`.
  init(own: FinishedRun, shipped: FinishedRun, among shippedRuns: [FinishedRun], excerpts: [TableExcerpt]) throws {
    (path, metric) = (own.path, shipped.summary.metric)
    verdict = try Self.verdict(own, shipped, shippedRuns, excerpts)
  }

  private static func verdict(
    _ own: FinishedRun, _ shipped: FinishedRun, _ shippedRuns: [FinishedRun], _ excerpts: [TableExcerpt]
  ) throws -> Verdict {
    do {
      try own.checkFiles()
    } catch let error as StageError where error.code == .badData {
      return .damaged(error)
    }
    guard own.configuration == shipped.configuration else { return .otherConfiguration }
    guard own.summary.dataCards == shipped.summary.dataCards else { return .otherData }
    guard let difference = try RunDifference.first(own: own, shipped: shipped, excerpts: excerpts) else { return .sameBits }
    if own.summary.fingerprint == shipped.summary.fingerprint { return .broken(difference) }
    let deviation = deviation(own.summary, shipped.summary, shippedRuns.map(\.summary))
    return deviation.share <= 1 ? .withinTolerance(deviation) : .differs(deviation)
  }

  private static func deviation(_ own: RunSummary, _ shipped: RunSummary, _ all: [RunSummary]) -> Deviation {
    let names = [nil] + (shipped.probes ?? []).map { $0.name as String? }
    let deviations = names.compactMap { name -> Deviation? in
      guard let here = own.result(name), let there = shipped.result(name) else { return nil }
      let sampling = shipped.metric.samplingVariance(of: there.value, errorVariance: there.errorVariance, testCount: shipped.testCount) ?? 0
      let seeds = SeedValues(values: all.compactMap { $0.result(name)?.value }, statistic: .mean)
      let allowance = shipped.metric == .accuracy ? accuracyAllowance : errorAllowance * abs(there.value)
      return Deviation(
        name: name ?? "value", own: here.value, shipped: there.value,
        tolerance: 3 * sampling.squareRoot() + (seeds.deviation.map { 2 * $0 } ?? allowance))
    }
    // Every summary has the value itself.
    return deviations.max { $0.share < $1.share } ?? deviations[0]
  }

  /// Whether it speaks against the reproduction.
  package var isFailure: Bool {
    switch verdict {
    case .broken, .differs, .damaged: true
    case .sameBits, .withinTolerance, .otherData, .otherConfiguration: false
    }
  }

  /// What is counted.
  package var word: String {
    switch verdict {
    case .sameBits: "same bits"
    case .broken: "other bits under the same fingerprint"
    case .withinTolerance: "within tolerance"
    case .differs: "differs"
    case .otherData: "other data"
    case .otherConfiguration: "other configuration"
    case .damaged: "damaged"
    }
  }

  /// `dfout-lra-image/reduced/seed-1: within tolerance, value 51.3 here, 50.9 shipped, at most 2.4 apart`.
  package var line: String { "\(path): \(word)\(detail.map { ", \($0)" } ?? "")" }

  private var detail: String? {
    switch verdict {
    case .sameBits, .otherData, .otherConfiguration: nil
    case .broken(let difference): difference.text
    case .damaged(let error): error.what
    case .withinTolerance(let deviation), .differs(let deviation):
      "\(deviation.name) \(metric.text(deviation.own)) here, \(metric.text(deviation.shipped)) shipped, "
        + "at most \(metric.text(deviation.tolerance)) apart"
    }
  }
}

extension RunVerification {
  /// Every run made here of which one is shipped, in the order of paths, after the list of shipped files has been checked.
  ///
  /// - Throws: `StageError`: `badData` for a shipped file that is not what was shipped, and a table that cannot be read; `inputOutput`.
  package static func all(
    _ catalogue: ExperimentCatalogue, results: String
  ) throws -> (verifications: [RunVerification], shippedCount: Int) {
    try ShippedFiles(results: results).check()
    let runs = FinishedRuns(results: results)
    if let failure = runs.problems.first(where: { $0.code == .inputOutput || $0.location.contains("/shipped/") }) { throw failure }
    let own = Dictionary(uniqueKeysWithValues: runs.runs.filter { $0.origin == .own }.map { ($0.path, $0) })
    let shipped = runs.runs.filter { $0.origin == .shipped }
    let verifications = try shipped.compactMap { run -> RunVerification? in
      guard let own = own[run.path] else { return nil }
      let excerpts = (try? catalogue.resolve(id: run.summary.experiment, preset: run.summary.preset)).map(catalogue.excerpts) ?? []
      return try RunVerification(
        own: own, shipped: run, among: shipped.filter { $0.configuration == run.configuration }, excerpts: excerpts)
    }
    return (verifications, shipped.count)
  }
}
