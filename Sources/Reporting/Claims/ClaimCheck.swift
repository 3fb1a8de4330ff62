import Catalogue

/// How a comparison of a claim's rule came out.
package struct ClaimCheck: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    case holds, contradicted
    /// The difference is not larger than its error allows.
    case open
    case missing
  }

  package let outcome: Outcome
  /// The numbers, or what is missing.
  package let text: String
  /// What is missing; nil if nothing is.
  let gap: ClaimGap?

  /// - Throws: `StageError` (`badData`) for a file that cannot be understood.
  init(_ check: ClaimRule.Check, of claim: Claim, _ rule: ClaimRule, in evidence: ClaimEvidence) throws {
    let relation = check.orEqual == true ? "≤" : "<"
    do {
      let smaller = try evidence.value(check.smaller, of: claim, rule)
      let larger = try evidence.value(check.larger, of: claim, rule)
      outcome = Self.outcome(check, smaller, larger)
      gap = nil
      let factor = check.times.map { "\(Self.short($0)) · " } ?? ""
      let margin = check.by.map { " + \(Self.short($0))" } ?? ""
      let first = check.smaller.isNumber ? check.smaller.name : "\(check.smaller.name): \(factor)\(smaller.text)\(margin)"
      let pairing = larger.differenceTerm(from: smaller, times: 1) == nil ? "" : ", seed by seed"
      text = "\(first) \(relation) " + (check.larger.isNumber ? check.larger.name : "\(larger.text) (\(check.larger.name))\(pairing)")
    } catch let gap as ClaimGap {
      outcome = .missing
      self.gap = gap
      text = "\(check.smaller.name) \(relation) \(check.larger.name): \(gap.text)"
    }
  }

  /// The difference beside its error: v of the seeds and of the test samples of both sides.
  ///
  /// Runs of one seed share their initial values and the order of their samples, which moves both sides alike. So where both have the same
  /// three seeds or more, v is that of the differences seed by seed; two differences would leave one degree of freedom, and there, as
  /// everywhere else, the sides count as independent.
  static func outcome(_ check: ClaimRule.Check, _ smaller: ClaimValue, _ larger: ClaimValue) -> Outcome {
    let factor = check.times ?? 1
    let difference = larger.centre - factor * smaller.centre - (check.by ?? 0)
    let error = DifferenceError(
      terms: larger.differenceTerm(from: smaller, times: factor).map { [$0] }
        ?? [smaller.term(times: factor), larger.term(times: 1)].compactMap { $0 },
      samplingVariance: factor * factor * smaller.samplingVariance + larger.samplingVariance)
    guard let error else { return difference > 0 || difference == 0 && check.orEqual == true ? .holds : .contradicted }
    if abs(difference) <= error.smallestDifference { return .open }
    return difference > 0 ? .holds : .contradicted
  }

  private static func short(_ number: Double) -> String { number == number.rounded() && abs(number) < 1e6 ? "\(Int(number))" : "\(number)" }
}

extension ClaimQuantity {
  /// Whether it is a plain number, which its name says.
  fileprivate var isNumber: Bool { if case .number = source { true } else { false } }
}
