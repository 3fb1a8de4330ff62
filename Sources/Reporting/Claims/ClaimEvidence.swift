import AnalyticResults
import Catalogue
import Documents
import Foundation
import RunSupport
import Runs

/// What there is to decide claims: finished runs, and analytic tables.
package struct ClaimEvidence {
  private let catalogue: ExperimentCatalogue
  private let runs: FinishedRuns
  /// Folders of analytic tables; the first that has a table counts.
  private let analytic: [String]

  package init(catalogue: ExperimentCatalogue, runs: FinishedRuns, analytic: [String]) {
    (self.catalogue, self.runs, self.analytic) = (catalogue, runs, analytic)
  }

  /// The value of a quantity of a claim's rule.
  ///
  /// - Throws: `ClaimGap` where it has none, `StageError` (`badData`) for a file that cannot be understood.
  func value(_ quantity: ClaimQuantity, of claim: Claim, _ rule: ClaimRule) throws -> ClaimValue {
    switch quantity.source {
    case .number(let number): return .exact(number)
    case .analytic(let cells): return try analyticValue(cells, quantity.reduction, of: claim, rule)
    case .runs, .runTable:
      let members = try quantity.experiments.map { id in
        let (experiment, found) = try finished(id, of: claim, rule)
        return try value(quantity, experiment, found)
      }
      return try combined(members, quantity)
    }
  }

  /// The runs of an experiment that count for a claim.
  package func finished(_ id: String, of claim: Claim, _ rule: ClaimRule) throws -> (experiment: Experiment, runs: [FinishedRun]) {
    let experiment = try catalogue.resolve(id: id, preset: rule.preset ?? .paper)
    let all = runs.runs(of: experiment)
    let committed = all.filter { !$0.summary.dirty && $0.summary.revision != CodeRevision.unknown }
    let counted = committed.filter { $0.summary.claimRules?[claim.id] == rule.sha256 }
    if counted.count >= rule.seeds { return (experiment, counted) }
    if committed.count >= rule.seeds { throw ClaimGap.otherRule(id) }
    if all.count >= rule.seeds { throw ClaimGap.uncommittedCode(id) }
    let missing = claim.seeds(of: experiment).filter { seed in !counted.contains { $0.summary.seed == seed } }
    throw ClaimGap.missingRuns(experiment: id, preset: experiment.preset, seeds: missing)
  }

  private func value(_ quantity: ClaimQuantity, _ experiment: Experiment, _ runs: [FinishedRun]) throws -> ClaimValue {
    let found: [(value: Double, variance: Double)] = try runs.map { run in
      switch quantity.source {
      case .runTable(let cells):
        let path = "\(run.directory)/\(cells.table).csv"
        guard FileManager.default.fileExists(atPath: path) else { throw ClaimGap.missingTable(path) }
        let cell = try cells.number(in: CSVTable(fromFile: path, fix: "restore it"), quantity.reduction)
        return (cell.value, cell.error * cell.error)
      default: return try Self.result(run.summary, quantity)
      }
    }
    // Every seed sees the same test samples, so their share does not shrink with the number of seeds.
    return ClaimValue(
      values: found.map(\.value), seeds: runs.map(\.summary.seed), statistic: experiment.statistic,
      samplingVariance: found.map(\.variance).reduce(0, +) / Double(max(1, found.count)))
  }

  private static func result(_ summary: RunSummary, _ quantity: ClaimQuantity) throws -> (value: Double, variance: Double) {
    guard case .runs(let name) = quantity.source, let result = summary.result(name) else {
      throw ClaimGap.missingTable("\(quantity.name) of \(summary.experiment)")
    }
    let variance = summary.metric.samplingVariance(of: result.value, errorVariance: result.errorVariance, testCount: summary.testCount)
    return (result.value, variance ?? 0)
  }

  /// One value a seed of the values of several experiments.
  private func combined(_ members: [ClaimValue], _ quantity: ClaimQuantity) throws -> ClaimValue {
    guard members.count > 1, let reduction = quantity.reduction else { return members[0] }
    let seeds = members[0].seeds.filter { seed in members.allSatisfy { $0.seeds.contains(seed) } }
    let values = seeds.map { seed in
      reduction.value(members.compactMap { member in member.seeds.firstIndex(of: seed).map { member.values[$0] } })
    }
    let variances = members.map(\.samplingVariance)
    return ClaimValue(
      values: values, seeds: seeds, statistic: members[0].statistic,
      samplingVariance: reduction == .range ? 2 * (variances.max() ?? 0) : variances.max() ?? 0)
  }

  private func analyticValue(
    _ cells: ClaimQuantity.Cells, _ reduction: ClaimQuantity.Reduction?, of claim: Claim, _ rule: ClaimRule
  ) throws -> ClaimValue {
    let file = "\(cells.table).csv"
    guard let folder = analytic.first(where: { FileManager.default.fileExists(atPath: "\($0)/\(file)") }) else {
      throw ClaimGap.missingTable(file)
    }
    guard try AnalyticRules(inFolder: folder)[claim.id] == rule.sha256 else { throw ClaimGap.otherRule(file) }
    let cell = try cells.number(in: CSVTable(fromFile: "\(folder)/\(file)", fix: "run make reproduce-analytic"), reduction)
    return .exact(cell.value, error: cell.error)
  }
}
