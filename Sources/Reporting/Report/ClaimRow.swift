/// A claim of a paper with its evidence and its verdict, as a line of the ledger.
struct ClaimRow {
  struct Check {
    let checkText: String
    let checkOutcome: String
  }

  struct FigureLink {
    let figureName: String
    /// Nil where the page does not have it.
    let figureLink: String?
  }

  let claimAnchor: String
  let claimID: String
  let claimPaper: String
  let claimPlace: String
  let statement: String
  let checks: [Check]
  /// Preset, seeds, data and revisions.
  let evidenceOrigin: String?
  /// Why nothing is to decide.
  let noDecision: String?
  let remark: String?
  let inconsistency: String?
  let verdictSign: String
  let verdictColour: String
  let verdictWord: String
  let wouldDecide: String?
  let claimCommand: String?
  let figureLinks: [FigureLink]

  init(_ row: LedgerRow, figures: [FigureView]) {
    func some(_ text: String) -> String? { text.isEmpty ? nil : ReportText.printable(text) }
    let claim = row.claim
    claimAnchor = ReportText.anchor("claim", claim.id)
    (claimID, claimPaper, claimPlace) = (claim.id, claim.paper, claim.place)
    statement = ReportText.printable(claim.statement)
    // What is missing is said once by what would decide it.
    checks = row.checks.filter { $0.outcome != .missing }.map {
      Check(checkText: ReportText.printable($0.text), checkOutcome: $0.outcome.rawValue)
    }
    evidenceOrigin = some(row.origin)
    noDecision = claim.noDecision.flatMap(some)
    remark = claim.remark.flatMap(some)
    inconsistency = claim.inconsistency.flatMap(some)
    (verdictSign, verdictColour) =
      switch row.verdict {
      case .reproduced: ("✓", "better")
      case .notReproduced: ("✗", "worse")
      case .undecided: ("?", "within")
      case .nothingToDecide: ("–", "none")
      }
    verdictWord = row.verdict.word
    wouldDecide = some(row.wouldDecide)
    claimCommand = some(row.command)
    figureLinks = row.figures.map { path in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return FigureLink(figureName: path, figureLink: figures.first { $0.name == name }?.figureAnchor)
    }
  }
}
