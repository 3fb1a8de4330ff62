import Experiments
import Foundation
import RunSupport

/// A table of results beside the published numbers, as CSV for machines and as Markdown for readers.
package struct ResultTable {
  /// Rows under a heading of their own.
  package struct Part {
    let heading: String
    let results: [ExperimentResult]

    package init(heading: String, results: [ExperimentResult]) {
      self.heading = heading
      self.results = results
    }
  }

  private let title: String
  private let preset: Preset
  private let parts: [Part]
  private let published: PublishedNumbers

  package init(title: String, preset: Preset, parts: [Part], published: PublishedNumbers) {
    self.title = title
    self.preset = preset
    self.parts = parts
    self.published = published
  }

  /// The Long Range Arena of the three papers, and apart from it our own test runs.
  package static func longRangeArena(preset: Preset, catalogue: Catalogue, runs: FinishedRuns) -> ResultTable {
    func results(of group: String) -> [ExperimentResult] {
      catalogue.experiments(at: preset).filter { $0.group == group }.map { ExperimentResult($0, runs: runs) }
    }
    return ResultTable(
      title: "Long Range Arena", preset: preset,
      parts: [
        Part(heading: "Experiments of the papers", results: results(of: "lra")),
        Part(heading: "Our own test runs, which answer no paper", results: results(of: "tiny")),
      ], published: catalogue.published)
  }

  /// A row per experiment and published cell that it answers.
  private func rows(_ part: Part) -> [ResultRow] {
    part.results.flatMap { result -> [ResultRow] in
      let answers: [PublishedCell?] = result.experiment.answers.isEmpty ? [nil] : result.experiment.answers
      return answers.map { ResultRow(result: result, cell: $0, number: $0.flatMap { published[$0] }) }
    }
  }

  package var csv: String {
    CSVTable.line(ResultRow.csvHeader) + parts.flatMap(rows).map { CSVTable.line($0.csvFields) }.joined()
  }

  package var markdown: String {
    let note =
      preset == .paper
      ? "the reported configuration."
      : "a cut-down configuration: published values are printed for orientation and are not comparable."
    let introduction = """
      # \(title)

      Preset `\(preset.rawValue)`, \(note)
      Test accuracy in % at the epoch with the best validation accuracy; ± is the standard deviation over seeds; chance is the share of the
      most frequent class of the test split. A cell without a run names the command that fills it.

      """
    let tables = parts.map { part in
      "\n## \(part.heading)\n\n" + ResultRow.markdownHeader + rows(part).map(\.markdownLine).joined()
    }
    return introduction + tables.joined() + "\n## Provenance\n\n" + provenance
  }

  private var provenance: String {
    let lines = parts.flatMap(\.results).flatMap { result in
      result.runs.map(Self.provenance) + result.outdatedRuns.map { Self.line($0, "left out: another configuration") }
    }
    return lines.isEmpty ? "No run is finished.\n" : lines.joined()
  }

  /// One line: which run, which code and data made it, and what it took.
  private static func provenance(_ run: FinishedRun) -> String {
    let summary = run.summary
    let parts = [
      String(format: "%.2f %%", 100 * summary.value),
      "revision \(summary.revision.prefix(12))" + (summary.dirty ? " with uncommitted changes" : ""),
      "fingerprint \(summary.fingerprint.prefix(12))",
      "data " + summary.dataCards.map { "\($0.path) (\($0.sha256.prefix(12)))" }.joined(separator: " "),
      String(format: "%.0f s, %.0f MB", summary.wallSeconds, summary.peakMemoryMB),
    ]
    return line(run, parts.joined(separator: ", "))
  }

  private static func line(_ run: FinishedRun, _ text: String) -> String {
    let summary = run.summary
    let path = FinishedRun.relativePath(experiment: summary.experiment, preset: summary.preset, seed: summary.seed)
    return "- \(run.origin.rawValue) run \(path): \(text)\n"
  }
}
