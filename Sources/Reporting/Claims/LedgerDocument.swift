import Documents

/// The ledger for readers: `docs/findings.md`.
package struct LedgerDocument {
  private let ledger: Ledger
  private let machines: [String]

  /// - Parameter machines: whose hours the ledger names.
  package init(_ ledger: Ledger, machines: [String]) { (self.ledger, self.machines) = (ledger, machines) }

  /// `12 reproduced, 2 not reproduced, 15 undecided at this scale, 5 nothing to decide`.
  package var count: String {
    ClaimVerdict.allCases.map { "\(ledger.count($0)) \($0.word)" }.joined(separator: ", ")
  }

  private static let header = ["Claim", "Where", "Statement", "Evidence", "Verdict", "What would decide it", "Its numbers again"]

  package var markdown: String {
    """
    # Findings

    Every claim of the three papers, in one sentence of ours, and what our runs say of it: \(count).

    A claim's rule is a file of `Sources/Catalogue/Experiments/claims`, written before the runs; their summaries keep its SHA-256, and runs
    made under another rule decide nothing. A rule is a list of comparisons. Each is judged by the standard error of its difference, of
    seeds and of test samples (Student's factor at 5 %): it *holds*, is *contradicted*, or is *open*. Runs of one seed start alike, so where
    both sides have the same three seeds or more, differences are taken seed by seed. A claim is **reproduced** if all hold, **not
    reproduced** if one is contradicted, else **undecided at this scale**. Statements about trained models have two seeds or more a side.
    Numbers are means (or medians) ± standard deviations over seeds. Preset `reduced` is smaller than the paper's size: a verdict
    holds for that size. Hours are computed for \(machines.joined(separator: " and for ")). This page is written by `make findings`; do not edit it.

    \(MarkdownText.table(Self.header, ledger.rows.map(Self.cells)))
    ## Inconsistencies of the sources

    \(inconsistencies)
    ## Remarks

    \(remarks)
    """
  }

  private static func cells(_ row: LedgerRow) -> [String] {
    [
      row.claim.id, "\(row.claim.paper), \(row.claim.place)", row.claim.statement, evidence(row), row.verdict.word,
      row.wouldDecide.isEmpty ? "-" : row.wouldDecide, row.command.isEmpty ? "-" : "`\(row.command)`",
    ]
  }

  private static func evidence(_ row: LedgerRow) -> String {
    let figures = row.figures.isEmpty ? "" : "figures \(row.figures.map { "`\($0)`" }.joined(separator: ", "))"
    let parts = [row.claim.noDecision ?? "", row.evidence, figures].filter { !$0.isEmpty }
    return parts.isEmpty ? "-" : parts.joined(separator: "; ")
  }

  private var inconsistencies: String {
    lines { row in row.claim.inconsistency.map { "- **\(row.claim.id)** (\(row.claim.paper), \(row.claim.place)): \($0)" } }
  }

  private var remarks: String { lines { row in row.claim.remark.map { "- **\(row.claim.id)**: \($0)" } } }

  private func lines(_ text: (LedgerRow) -> String?) -> String { ledger.rows.compactMap(text).map { $0 + "\n" }.joined() }
}
