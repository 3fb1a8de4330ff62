import Catalogue
import Foundation
import Runs

/// Which runs a page's numbers come from, for its last section.
enum RunProvenance {
  /// A line for each run that enters a page, and for each that is left out.
  static func lines(_ results: [ExperimentResult]) -> String {
    let lines = results.flatMap { result in
      let isShown = Set(result.isOfAnotherConfiguration ? result.runs.map(\.directory) : [])
      return result.runs.map { line($0, origin(of: $0.summary) + (isShown.isEmpty ? "" : ", another configuration")) }
        + result.outdatedRuns.filter { !isShown.contains($0.directory) }.map { line($0, "left out: another configuration") }
        + result.otherDeviceRuns.map { line($0, "left out: \($0.summary.device ?? "our own engine"), of which there are fewer seeds") }
    }
    return lines.isEmpty ? "No run is finished.\n" : lines.joined()
  }

  /// The code that made the runs of a page, a revision each with the number of its runs.
  static func revisions(_ results: [ExperimentResult]) -> String {
    let runs = Dictionary(grouping: results.flatMap(\.runs)) { revision(of: $0.summary) }.sorted { $0.key < $1.key }
    return runs.map { "\($0.key) (\($0.value.count) \($0.value.count == 1 ? "run" : "runs"))" }.joined(separator: ", ")
  }

  private static func revision(of summary: RunSummary) -> String {
    "revision \(summary.revision.prefix(12))" + (summary.dirty ? " with uncommitted changes" : "")
  }

  /// The result, which code and data made it, and what it took.
  private static func origin(of summary: RunSummary) -> String {
    [
      summary.metric.text(summary.value),
      (summary.device.map { "\($0), " } ?? "") + revision(of: summary),
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
