import Catalogue
import Foundation
import Reporting
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport

/// A catalogue with one claim on two experiments of quickstart, and runs that decide it.
struct ClaimFixture {
  let catalogue: ExperimentCatalogue
  var claim: Claim { catalogue.claims[0] }

  static let hope = "tiny-listops-hope"
  static let lin = "tiny-listops-s4d-lin"

  /// - Parameter rule: the text below `rule:`, indented by two.
  init(rule: String, in folder: String) throws {
    let copy = "\(folder)/catalogue"
    try ExperimentCatalogue.copySmall(to: copy)
    let text = "paper: HOPE\nplace: Table 1\nstatement: HOPE is better.\nrule:\n\(rule)"
    try AtomicFile.write(text, to: "\(copy)/claims/B6.yaml")
    catalogue = try ExperimentCatalogue.load(directory: copy)
  }

  /// Accuracies of HOPE are compared with those of S4D-Lin.
  static let better = """
      preset: smoke
      seeds: 2
      checks:
        - smaller: {run: \(lin), name: S4D-Lin}
          larger: {run: \(hope), name: HOPE}
    """

  /// Writes a run for each value, with seeds from 1.
  func write(_ id: String, _ values: [Double], rule: String? = nil, dirty: Bool = false, in folder: String) throws {
    let experiment = try catalogue.resolve(id: id, preset: .smoke)
    for (index, value) in values.enumerated() {
      var summary = RunSummary.fixture(experiment, seed: UInt64(index + 1), value: value)
      summary.testCount = 10_000
      summary.dirty = dirty
      summary.claimRules = ["B6": rule ?? claim.rule?.sha256 ?? ""]
      try summary.write(results: folder)
    }
  }

  func row(_ folder: String) throws -> LedgerRow {
    let evidence = ClaimEvidence(catalogue: catalogue, runs: FinishedRuns(results: folder), analytic: ["\(folder)/analytic"])
    return try Ledger(catalogue, evidence: evidence, machines: [try Machine.all(inFile: "docs/step-times.csv")[0]]).rows[0]
  }
}
