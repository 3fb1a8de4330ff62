/// The last job: tables, figures and the page of what is finished then.
struct FinishJob {
  /// Of its files.
  static let file = "finish"
  static let limits = SizeClass(hours: 4, memoryGB: 8)

  private let presets: [String]
  /// Whether runs of the delay task are among them, beside whose errors the least-squares limits stand.
  private let hasDelayTask: Bool
  private let settings: SubmissionSettings

  init(_ runs: [SubmittedRun], settings: SubmissionSettings) {
    presets = Self.presets(of: runs)
    hasDelayTask = runs.contains { $0.experiment.configuration.data.generatedTask == .delay }
    self.settings = settings
  }

  static func presets(of runs: [SubmittedRun]) -> [String] { runs.map(\.experiment.preset.rawValue).unique { $0 }.sorted() }

  func body(folder: String) -> String {
    let results = settings.results
    let read = ["--results", results] + (settings.catalogue.map { ["--catalogue", $0] } ?? [])
    let shown = presets.flatMap { preset in
      let limits = "\(results)/analytic/delay-limits-\(preset).csv"
      return
        (hasDelayTask
        ? [["analyze-systems", "limits", "--preset", preset, "--output", limits] + read.dropFirst(2)] : [])
        + [
          ["make-tables", "--preset", preset] + read + ["--output", "\(results)/tables"],
          ["make-figures", "runs", "--preset", preset] + read + ["--output", "paper-figures"],
        ]
    }
    let page = ["make-report"] + read + ["--templates", "report", "--figures", "paper-figures", "--output", "\(results)/report.html"]
    return JobSteps((shown + [page]).map(settings.line), note: "\(folder)/notes/\(Self.file)").text
  }
}
