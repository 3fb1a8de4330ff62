import Documents
import Experiments
import Foundation
import RunSupport

/// A table of results beside the published numbers, as CSV for machines and as Markdown for readers.
package struct ResultTable {
  private let title: String
  private let preset: Preset
  private let results: [ExperimentResult]
  private let published: PublishedNumbers

  /// The experiments of a group of the catalogue.
  package init(group: String, preset: Preset, catalogue: Catalogue, runs: FinishedRuns) {
    title = Self.titles[group] ?? group
    self.preset = preset
    results = catalogue.experiments(at: preset).filter { $0.group == group }.map { ExperimentResult($0, runs: runs) }
    published = catalogue.published
  }

  /// For readers; a group that is not here is called by its own name.
  private static let titles = [
    "ablation": "Ablation of α and β on sequential CIFAR-10", "bidmc": "Vital signs (BIDMC)", "delay": "Delay task",
    "denoising": "Denoising of faces", "lra": "Long Range Arena", "noisy-scifar": "Sequential CIFAR-10 padded with noise",
    "scifar": "Sequential CIFAR-10", "sensitivity": "Sensitivity to initial values", "speech-commands": "Speech Commands",
    "tiny": "Our own test runs, which answer no paper", "waves": "Amplitudes of superposed waves",
  ]

  /// A row per experiment and number that it gives, beside the first published cell that it answers.
  private var rows: [ResultRow] {
    results.flatMap { result -> [ResultRow] in
      let answers = result.experiment.answers.reduce(into: [Answer]()) { found, answer in
        if !found.contains(where: { $0.probe == answer.probe }) { found.append(answer) }
      }
      let optional: [Answer?] = answers.isEmpty ? [nil] : answers
      return optional.map { ResultRow(result: result, answer: $0, number: $0.flatMap { published[$0.cell] }) }
    }
  }

  package var csv: String {
    CSVText.document(ResultRow.csvHeader, rows.map(\.csvFields))
  }

  package var markdown: String {
    let introduction = """
      # \(title)

      \(Self.presetLine(preset))
      Results on the test split at the epoch with the best validation; ± is the standard deviation over seeds; chance is the share of the
      most frequent class, of errors that of always answering with the mean. A cell without a run names the command that fills it.

      """
    let table = "\n" + MarkdownText.table(ResultRow.markdownHeader, rows.map(\.markdownFields))
    return introduction + table + "\n## Provenance\n\n" + Self.provenance(results)
  }

  /// What the numbers of a preset may be compared with.
  static func presetLine(_ preset: Preset) -> String {
    let note =
      preset == .paper
      ? "the reported configuration."
      : "a cut-down configuration: published values are printed for orientation and are not comparable."
    return "Preset `\(preset.rawValue)`, \(note)"
  }

  /// A line for each run that enters a table, and for each that is left out.
  static func provenance(_ results: [ExperimentResult]) -> String {
    let lines = results.flatMap { result in
      result.runs.map(Self.provenance) + result.outdatedRuns.map { Self.line($0, "left out: another configuration") }
    }
    return lines.isEmpty ? "No run is finished.\n" : lines.joined()
  }

  /// One line: which run, which code and data made it, and what it took.
  private static func provenance(_ run: FinishedRun) -> String {
    let summary = run.summary
    let parts = [
      summary.metric == .accuracy
        ? String(format: "%.2f %%", 100 * summary.value) : String(format: "%.4g", summary.value) + " \(summary.metric.rawValue)",
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
