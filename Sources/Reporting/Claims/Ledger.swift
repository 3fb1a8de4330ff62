import Catalogue
import RunPlanning
import RunSupport

/// What a claim came to.
package enum ClaimVerdict: String, Sendable, CaseIterable {
  case reproduced
  case notReproduced = "not reproduced"
  case undecided = "undecided at this scale"
  /// A drawing, or a table of settings.
  case nothingToDecide = "nothing to decide"

  package var word: String { rawValue }

  /// Whether it was decided, either way.
  package var isDecided: Bool { self == .reproduced || self == .notReproduced }
}

/// A claim with its evidence and verdict.
package struct LedgerRow: Sendable {
  package let claim: Claim
  package let verdict: ClaimVerdict
  /// Of the rule's comparisons, in its order; empty without a rule.
  package let checks: [ClaimCheck]
  /// What the numbers come from: preset, seeds, data, revisions; empty without runs.
  package let origin: String
  /// What would decide it, with computed hours; empty where it is decided.
  package let wouldDecide: String
  /// What makes its numbers again; empty where there is nothing to run.
  package let command: String

  package var figures: [String] { claim.figures }

  /// For a terminal: a line for each part.
  package var text: String {
    let lines =
      ["\(claim.id)  \(claim.paper), \(claim.place)", claim.statement] + checks.map { "  \($0.outcome.rawValue): \($0.text)" }
      + [origin.isEmpty ? "" : "  \(origin)", claim.noDecision.map { "  \($0)" } ?? ""].filter { !$0.isEmpty }
      + ["verdict: \(verdict.word)"] + (wouldDecide.isEmpty ? [] : ["  would decide it: \(wouldDecide)"])
    return lines.joined(separator: "\n")
  }

  /// The numbers of all comparisons, each with a word for how it came out.
  package var evidence: String {
    let found = checks.filter { $0.gap == nil }.map { "\($0.text): \($0.outcome.rawValue)" }
    let missing = checks.compactMap(\.gap?.text).unique()
    let absent = missing.count > 2 ? missing.prefix(1) + ["and \(missing.count - 1) more like it"] : missing[...]
    return (found + (absent.isEmpty ? [] : ["missing: \(absent.joined(separator: ", "))"]) + [origin].filter { !$0.isEmpty })
      .joined(separator: "; ")
  }
}

/// Every claim of the papers with its verdict. A claim is reproduced if all comparisons of its rule hold, not reproduced if one is contradicted,
/// and else undecided.
package struct Ledger: Sendable {
  package let rows: [LedgerRow]

  /// - Parameter machines: whose hours are named.
  /// - Throws: `StageError` (`badData`) for a file that cannot be understood.
  package init(_ catalogue: ExperimentCatalogue, evidence: ClaimEvidence, machines: [Machine]) throws {
    rows = try catalogue.claims.map { claim in
      let checks = try claim.rule.map { rule in try rule.checks.map { try ClaimCheck($0, of: claim, rule, in: evidence) } } ?? []
      let verdict = Self.verdict(claim, checks)
      return LedgerRow(
        claim: claim, verdict: verdict, checks: checks, origin: try Self.origin(claim, evidence),
        wouldDecide: verdict == .undecided ? try Self.wouldDecide(claim, checks, catalogue, machines) : "",
        command: claim.rule == nil ? "" : "make claim CLAIM=\(claim.id)")
    }
  }

  /// How many claims have a verdict.
  package func count(_ verdict: ClaimVerdict) -> Int { rows.count { $0.verdict == verdict } }

  static func verdict(_ claim: Claim, _ checks: [ClaimCheck]) -> ClaimVerdict {
    if claim.noDecision != nil { return .nothingToDecide }
    if checks.contains(where: { $0.outcome == .contradicted }) { return .notReproduced }
    return !checks.isEmpty && checks.allSatisfy { $0.outcome == .holds } ? .reproduced : .undecided
  }

  /// `preset reduced, seeds 1–3; unofficial data; code 1a2b3c4`.
  private static func origin(_ claim: Claim, _ evidence: ClaimEvidence) throws -> String {
    guard let rule = claim.rule, let preset = rule.preset else { return "" }
    let runs = try rule.experiments.flatMap { id in
      do { return try evidence.finished(id, of: claim, rule).runs } catch is ClaimGap { return [] }
    }
    guard !runs.isEmpty else { return "" }
    let seeds = Set(runs.map(\.summary.seed)).sorted().map(String.init).joined(separator: ", ")
    let revisions = Set(runs.map { String($0.summary.revision.prefix(7)) }).sorted().joined(separator: ", ")
    let parts = [
      "preset \(preset.rawValue), \(seeds.contains(",") ? "seeds" : "seed") \(seeds)",
      runs.contains { $0.summary.unofficialData } ? "unofficial data" : "", "code \(revisions)",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private static func wouldDecide(
    _ claim: Claim, _ checks: [ClaimCheck], _ catalogue: ExperimentCatalogue, _ machines: [Machine]
  ) throws -> String {
    let missing = checks.compactMap(\.gap).compactMap { gap in
      if case .missingRuns(let experiment, let preset, let seeds) = gap { (experiment, preset, seeds) } else { nil }
    }.unique { $0.0 }
    let isMissing = !missing.isEmpty && missing.count == checks.compactMap(\.gap).count
    let runs =
      try isMissing
      ? missing.map { (try catalogue.resolve(id: $0.0, preset: $0.1), $0.2) }
      : claim.larger.map { id in
        let experiment = try catalogue.resolve(id: id, preset: .paper)
        return (experiment, experiment.seeds)
      }
    guard let preset = runs.first?.0.preset else { return checks.compactMap(\.gap).first?.text ?? "more seeds a side" }
    let count = runs.reduce(0) { $0 + $1.1.count }
    let hours = machines.map { machine in
      let sum = runs.reduce(0) { $0 + RunCost($1.0, on: machine).hours * Double($1.1.count) }
      return "\(HoursText.text(sum)) on \(machine.shortName)"
    }
    return "\(count) runs of preset \(preset.rawValue), about \(hours.joined(separator: ", "))"
  }
}
