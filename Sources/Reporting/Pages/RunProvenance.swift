import Catalogue
import Foundation
import Runs

/// Which runs a page's numbers come from, for its last section.
enum RunProvenance {
  /// A line for each run that enters a page, and for each that is left out.
  static func lines(_ results: [ExperimentResult]) -> String {
    let lines = results.flatMap { result in
      result.runs.map { line($0, origin(of: $0.summary)) } + result.outdatedRuns.map { line($0, "left out: another configuration") }
    }
    return lines.isEmpty ? "No run is finished.\n" : lines.joined()
  }

  /// The result, which code and data made it, and what it took.
  private static func origin(of summary: RunSummary) -> String {
    [
      summary.metric.text(summary.value),
      "revision \(summary.revision.prefix(12))" + (summary.dirty ? " with uncommitted changes" : ""),
      "fingerprint \(summary.fingerprint.prefix(12))",
      "data " + summary.dataCards.map { "\($0.path) (\($0.sha256.prefix(12)))" }.joined(separator: " "),
      String(format: "%.0f s, %.0f MB", summary.wallSeconds, summary.peakMemoryMB),
    ].joined(separator: ", ")
  }

  private static func line(_ run: FinishedRun, _ text: String) -> String {
    let summary = run.summary
    let path = FinishedRun.relativePath(experiment: summary.experiment, preset: summary.preset, seed: summary.seed)
    return "- \(run.origin.rawValue) run \(path): \(text)\n"
  }
}

extension Preset {
  /// What the numbers of the preset may be compared with.
  var presetLine: String {
    let note =
      self == .paper
      ? "the reported configuration."
      : "a cut-down configuration: published values are printed for orientation and are not comparable."
    return "Preset `\(rawValue)`, \(note)"
  }
}
