import Documents

/// `docs/fidelity.md`: each reported configuration with its sources, and every deviation with its decision.
package struct FidelityDocument {
  private let comparison: FidelityComparison

  package init(_ comparison: FidelityComparison) { self.comparison = comparison }

  package var markdown: String {
    """
    # Fidelity

    Made by `make fidelity` from the catalogue at preset `paper`; do not edit it. Each training configuration that a paper (`paper`) or released
    code (`code`) reports stands beside the experiments that run it: what is reported, what they have, where that comes from, and for each
    deviation the number of the [decision](decisions.md) behind it. An empty field under *reported* means that the paper or file says nothing;
    *in the model* is what a model of its own holds and no configuration changes. *Our reading* marks a choice of ours that can move the result.

    ## Deviations by decision

    \(deviations)
    \(sections)
    """
  }

  private var deviations: String {
    let entries = comparison.configurations.flatMap(\.entries).filter { $0.deviation != nil }
    let byDecision = Dictionary(grouping: entries) { $0.deviation?.decision ?? 0 }
    return MarkdownText.table(
      ["Decision", "Values", "Of experiments", "Reasons"],
      byDecision.sorted { $0.key < $1.key }.map { decision, entries in
        [
          "\(decision)", "\(Set(entries.map { "\($0.experiment) \($0.quantity)" }).count)", "\(Set(entries.map(\.experiment)).count)",
          Array(Set(entries.compactMap(\.deviation?.reason))).sorted().joined(separator: "; "),
        ]
      })
  }

  private var sections: String {
    comparison.configurations.map { configuration in
      let reported = configuration.reported
      let heading = "## \(reported.name) (\(reported.variant))\n\n"
      let remark = reported.remark.isEmpty ? "" : reported.remark.prefix(1).uppercased() + reported.remark.dropFirst() + ".\n\n"
      if configuration.experiments.isEmpty { return heading + "No experiment. " + remark }
      return heading + "Experiments: \(Self.names(configuration.experiments, of: [])).\n\n" + remark + table(configuration)
    }.joined(separator: "\n")
  }

  /// What is said of a value, for all experiments of which the same is said.
  private struct Line: Hashable {
    let quantity: ReportedQuantity
    let reported: String
    let ours: String
    let source: String
    let decision: String
  }

  private func table(_ configuration: FidelityComparison.Configuration) -> String {
    var lines: [(line: Line, experiments: [String])] = []
    for quantity in ReportedQuantity.allCases {
      for entry in configuration.entries where entry.quantity == quantity {
        let line = Line(
          quantity: quantity, reported: entry.reported ?? "", ours: entry.ours ?? "in the model", source: entry.source,
          decision: entry.deviation.map { "\($0.decision)" } ?? "")
        if let index = lines.firstIndex(where: { $0.line == line }) {
          lines[index].experiments.append(entry.experiment)
        } else {
          lines.append((line, [entry.experiment]))
        }
      }
    }
    return MarkdownText.table(
      ["Value", "Reported", "Ours", "Decision", "Source", "Of"],
      lines.map { line, experiments in
        [
          line.quantity.title, line.reported, line.ours, line.decision, line.source,
          Self.names(experiments, of: configuration.experiments),
        ]
      })
  }

  /// Names of experiments; their number where they are many, `all` where they are all of several, nothing where there is only one.
  private static func names(_ experiments: [String], of all: [String]) -> String {
    if experiments == all { return all.count == 1 ? "" : "all" }
    let shown = experiments.prefix(experiments.count > 6 ? 2 : 6).map { "`\($0)`" }
    return shown.joined(separator: ", ") + (experiments.count > shown.count ? " and \(experiments.count - shown.count) more" : "")
  }
}
