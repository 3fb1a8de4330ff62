import RunSupport

/// Something that a paper states, in one sentence of ours, and what decides it: a file of the catalogue's folder `claims`.
package struct Claim: Sendable, Equatable {
  /// The item of our list of tables, figures and statements: `B6`; a second statement of an item has a word behind it, `C14-lemma-1`.
  package let id: String
  /// Name of the paper: `TFB`.
  package let paper: String
  /// Where it states it: `Figure 1`.
  package let place: String
  package let statement: String
  /// What decides it; nil if nothing here can.
  package let rule: ClaimRule?
  /// Why nothing is to decide: a drawing, a table of settings; nil of a statement.
  package let noDecision: String?
  /// What a reader must know beside the numbers.
  package let remark: String?
  /// Where the sources contradict each other.
  package let inconsistency: String?
  /// What would decide it where the present size does not: experiments at preset `paper`, all seeds of each.
  package let larger: [String]
  /// Figures that show it, by their names in `paper-figures`: `hope/noisy-scifar`.
  package let figures: [String]

  /// The folder of their files in the catalogue.
  static let folder = "claims"

  private enum Key: String, CaseIterable {
    case paper, place, statement, rule, noDecision, remark, inconsistency, larger, figures
  }

  /// Reads one file of the folder.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for anything that is no claim.
  init(reading root: ConfigurationNode, id: String) throws {
    let section = try root.section(Key.self)
    self.id = id
    paper = try section[.paper].text()
    place = try section[.place].text()
    statement = try section[.statement].text()
    rule = try section.optional(.rule).map(ClaimRule.init(reading:))
    noDecision = try section.optional(.noDecision)?.text()
    remark = try section.optional(.remark)?.text()
    inconsistency = try section.optional(.inconsistency)?.text()
    larger = try section.optional(.larger)?.list().map { try $0.text() } ?? []
    figures = try section.optional(.figures)?.list().map { try $0.text() } ?? []
    guard noDecision == nil || rule == nil && larger.isEmpty else {
      throw StageError(
        .badConfiguration, "the claim \(id) has a rule although nothing is to decide", where: root.location,
        why: "`noDecision` says that there is nothing to run", fix: "remove `noDecision`, or `rule` and `larger`")
    }
  }

  /// The seeds that its rule wants of an experiment: the experiment's own, or the first ones where these are too few.
  package func seeds(of experiment: Experiment) -> [UInt64] {
    let count = rule?.seeds ?? 0
    return experiment.seeds.count >= count ? experiment.seeds : (1...UInt64(count)).map { $0 }
  }

  /// Whether its rule reads runs of an experiment at a preset.
  package func reads(_ experiment: Experiment) -> Bool {
    rule.map { $0.preset == experiment.preset && $0.experiments.contains(experiment.id) } ?? false
  }
}
