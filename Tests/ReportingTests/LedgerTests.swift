import AnalyticResults
import Catalogue
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct LedgerTests {
  private func fixture(_ rule: String = ClaimFixture.better) throws -> ClaimFixture { try ClaimFixture(rule: rule, in: folder) }

  @Test("a claim holds, is contradicted or stays open by the error of the difference")
  func verdicts() throws {
    let cases: [(hope: [Double], lin: [Double], verdict: ClaimVerdict)] = [
      ([0.60, 0.61], [0.40, 0.41], .reproduced), ([0.40, 0.41], [0.60, 0.61], .notReproduced),
      ([0.50, 0.60], [0.49, 0.59], .undecided), ([0.5, 0.5], [0.499, 0.499], .undecided),
    ]
    for (hope, lin, verdict) in cases {
      let fixture = try fixture()
      try fixture.write(ClaimFixture.hope, hope, in: folder)
      try fixture.write(ClaimFixture.lin, lin, in: folder)
      let row = try fixture.row(folder)
      #expect(row.verdict == verdict, "\(row.evidence)")
      #expect(row.evidence.contains("seeds 1, 2"))
      #expect(row.wouldDecide.isEmpty == verdict.isDecided)
    }
  }

  @Test("three common seeds or more are compared seed by seed, two or different ones as independent") func pairs() throws {
    // Seeds move both sides by ten times their difference.
    let (hope, lin) = ([0.53, 0.64, 0.73, 0.835], [0.50, 0.60, 0.70, 0.80])
    func row(_ hope: [Double], _ lin: [Double]) throws -> LedgerRow {
      let place = folder + "/\(hope.count)-\(lin.count)"
      let fixture = try ClaimFixture(rule: ClaimFixture.better, in: place)
      try fixture.write(ClaimFixture.lin, lin, in: place)
      try fixture.write(ClaimFixture.hope, hope, in: place)
      return try fixture.row(place)
    }
    let paired = try row(hope, lin)
    #expect(paired.verdict == .reproduced && paired.evidence.contains("seed by seed"), "\(paired.evidence)")
    for independent in [try row(hope, Array(lin.prefix(3))), try row(Array(hope.prefix(2)), Array(lin.prefix(2)))] {
      #expect(independent.verdict == .undecided && !independent.evidence.contains("seed by seed"), "\(independent.evidence)")
    }
  }

  @Test("one seed, another rule and uncommitted code decide nothing, and the row says why") func refused() throws {
    let fixture = try fixture()
    try fixture.write(ClaimFixture.lin, [0.4, 0.4], in: folder)
    try fixture.write(ClaimFixture.hope, [0.9], in: folder)
    #expect(try fixture.row(folder).evidence.contains("missing: no run of tiny-listops-hope at preset smoke, seed 2"))
    try fixture.write(ClaimFixture.hope, [0.9, 0.9], rule: String(repeating: "0", count: 64), in: folder)
    #expect(try fixture.row(folder).evidence.contains("missing: tiny-listops-hope was made under another rule"))
    try fixture.write(ClaimFixture.hope, [0.9, 0.9], dirty: true, in: folder)
    #expect(try fixture.row(folder).evidence.contains("missing: tiny-listops-hope was made by code that no commit holds"))
    #expect(try fixture.row(folder).verdict == .undecided)
  }

  @Test("a rule's hash changes with what it compares, not with its words") func hashes() throws {
    let hash = try fixture().claim.rule?.sha256
    let words = ClaimFixture.better.replacing("name: HOPE", with: "name: HOPE-SSM")
    #expect(try fixture(words).claim.rule?.sha256 == hash)
    #expect(try fixture(ClaimFixture.better + "\n      times: 1.5").claim.rule?.sha256 != hash)
    #expect(try fixture(ClaimFixture.better.replacing("seeds: 2", with: "seeds: 3")).claim.rule?.sha256 != hash)
  }

  @Test("factors and margins") func factors() throws {
    let fixture = try fixture(ClaimFixture.better + "\n      times: 2")
    try fixture.write(ClaimFixture.lin, [0.40, 0.41], in: folder)
    try fixture.write(ClaimFixture.hope, [0.60, 0.61], in: folder)
    #expect(try fixture.row(folder).verdict == .notReproduced, "0.6 is more than 0.4, but not twice as much")
  }

  @Test("exact numbers of analytic tables decide under the rule that they were computed under") func analytic() throws {
    let fixture = try fixture(
      """
        checks:
          - smaller: {analytic: t, column: error, rows: {system: a}, near: {time: 9}, name: a}
            larger: {analytic: t, column: error, rows: {system: b}, reduction: maximum, name: b}
            times: 2
            orEqual: true
      """)
    try AtomicFile.write("system,time,error\na,1,7\na,10,2\nb,1,4\nb,2,3\n", to: "\(folder)/analytic/t.csv")
    #expect(try fixture.row(folder).evidence.contains("t.csv was made under another rule"))
    try AnalyticRules.write(fixture.catalogue.claims, to: "\(folder)/analytic")
    #expect(try fixture.row(folder).verdict == .reproduced)
    try AtomicFile.write("system,time,error\na,1,7\na,10,2\nb,1,3.9\nb,2,3\n", to: "\(folder)/analytic/t.csv")
    #expect(try fixture.row(folder).verdict == .notReproduced)
    try AtomicFile.write("system,time,error\na,1,7\n", to: "\(folder)/analytic/t.csv")
    #expect(throws: StageError.self) { try fixture.row(folder) }
  }

  @Test("the page holds every claim of the catalogue once, with its verdict alone in a cell") func page() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let evidence = ClaimEvidence(catalogue: catalogue, runs: FinishedRuns(results: folder), analytic: [])
    let ledger = try Ledger(catalogue, evidence: evidence, machines: [try .all(inFile: "docs/step-times.csv")[0]])
    let lines = LedgerDocument(ledger, machines: ["m"]).markdown.split(separator: "\n")
    for claim in catalogue.claims {
      let row = lines.filter { $0.hasPrefix("| \(claim.id) |") }
      #expect(row.count == 1 && ClaimVerdict.allCases.contains { row[0].contains("| \($0.word) |") }, "\(claim.id)")
    }
    #expect(ledger.rows.filter { $0.verdict == .nothingToDecide }.map(\.claim.id) == ["A7", "A10", "B1", "B8", "C13"])
    let items = Set(catalogue.claims.map { $0.id.prefix { $0 != "-" } }.map(String.init))
    let wanted = [("A", 10), ("B", 9), ("C", 15)].flatMap { letter, count in (1...count).map { "\(letter)\($0)" } }
    #expect(items == Set(wanted))
  }
}
