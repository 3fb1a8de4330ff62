import Catalogue
import Documents
import Foundation
import RunSupport
import Runs

/// A finished run with its curves, where it comes from and what was run.
struct RunView {
  struct Fact {
    let factName: String
    let factText: String
  }

  let runAnchor: String
  let runTitle: String
  let experimentID: String
  let paperName: String
  let groupTitle: String
  let runPreset: String
  let seed: String
  let metricName: String
  let value: String
  let valueOrder: String
  let chanceText: String
  let duration: String
  let durationOrder: String
  let origin: String
  /// What a reader must know of the number: `unofficial data`.
  let flags: [String]
  /// Markup of small pictures.
  let charts: [String]
  let facts: [Fact]
  let configurationText: String?
  let rerunCommand: String

  static func anchor(_ run: FinishedRun) -> String {
    let summary = run.summary
    return ReportText.anchor("r", run.origin.rawValue, summary.experiment, summary.preset.rawValue, "\(summary.seed)")
  }

  /// - Throws: `StageError` (`badData`) if the run's metrics cannot be read.
  init(_ run: FinishedRun, of result: ExperimentResult, isOutdated: Bool) throws {
    let (summary, experiment) = (run.summary, result.experiment)
    runAnchor = Self.anchor(run)
    runTitle = ReportText.printable(experiment.title)
    experimentID = experiment.id
    paperName = ReportPaper(folder: experiment.paper).name
    groupTitle = CatalogueTitles.group(experiment.group)
    runPreset = experiment.preset.rawValue
    seed = "\(summary.seed)"
    let metric = summary.metric
    metricName = metric.name
    value = result.isResult ? metric.text(shown: metric.scale * summary.value) : "no result"
    valueOrder = result.isResult ? "\(summary.value)" : ""
    chanceText = metric.text(shown: metric.scale * summary.chance)
    duration = ProgressReporter.duration(summary.wallSeconds)
    durationOrder = "\(summary.wallSeconds)"
    origin = run.origin.rawValue
    flags =
      (summary.device.map { ["on \($0)"] } ?? []) + (summary.unofficialData ? ["unofficial data"] : [])
      + (summary.dirty ? ["uncommitted code"] : [])
      + (isOutdated ? ["another configuration"] : []) + (result.isResult ? [] : ["proves the path only"])
    charts = try Self.charts(run)
    facts = Self.facts(run)
    configurationText = try run.configuration.map { ReportText.printable(ConfigurationLines.text(ofJSON: try JSONText.encode($0))) }
    rerunCommand = "make run EXPERIMENT=\(experiment.id) SEED=\(summary.seed) PRESET=\(experiment.preset.rawValue) AGAIN=1"
  }

  private static func charts(_ run: FinishedRun) throws -> [String] {
    let metric = run.summary.metric
    let columns = [EpochColumn.epoch, .trainLoss, .validationLoss, .train(metric), .validation(metric)]
    guard let rows = try run.rows(columns), !rows.isEmpty else { return [] }
    let steps = rows.enumerated().map { $1[0] ?? Double($0 + 1) }
    func series(_ train: Int, _ validation: Int, scale: Double) -> [CurvePlot.Series] {
      [("training", train), ("validation", validation)].map { name, column in
        CurvePlot.Series(name: name, values: rows.map { $0[column].map { scale * $0 } })
      }
    }
    let best = Double(run.summary.bestEpoch)
    let loss = CurvePlot(title: "loss", series: series(1, 2, scale: 1), steps: steps, mark: best) { String(format: "%.4g", $0) }
    let value = CurvePlot(
      title: metric.axisLabel, series: series(3, 4, scale: metric.scale), steps: steps,
      level: (metric == .accuracy ? "chance" : "trivial answer", metric.scale * run.summary.chance), mark: best, text: metric.text(shown:))
    return [loss.svg, value.svg].filter { !$0.isEmpty }
  }

  /// Result, cost and provenance; what `provenance.json` adds is left out where the file is not there.
  private static func facts(_ run: FinishedRun) -> [Fact] {
    let summary = run.summary
    let metric = summary.metric
    let sittings = provenance(run)?.sittings ?? []
    let last = sittings.last
    func list(_ path: (Provenance.Sitting) -> String) -> String { sittings.map(path).unique().joined(separator: "; ") }
    let named: [(String, String?)] = [
      ("test", "\(metric.text(summary.value)) of \(summary.testCount) samples, loss \(number(summary.testLoss))"),
      (
        "validation",
        "\(metric.text(summary.validationValue)), loss \(number(summary.validationLoss)), at epoch \(summary.bestEpoch), the best"
      ),
      ("trained", "\(summary.epochs) epochs, \(summary.steps) steps, \(summary.parameterCount) parameters"),
      ("probes", summary.probes.map { $0.map { "\($0.name) \(metric.text($0.value))" }.joined(separator: ", ") }),
      ("error of each output", summary.outputErrors.map { $0.map(number).joined(separator: ", ") }),
      ("took", String(format: "%@, %.0f MB at most", ProgressReporter.duration(summary.wallSeconds), summary.peakMemoryMB)),
      ("revision", summary.revision + (summary.dirty ? " with uncommitted changes" : "")),
      ("data", summary.dataCards.map { "\($0.path) (\($0.sha256.prefix(12)))" }.joined(separator: ", ")),
      ("fingerprint", String(summary.fingerprint.prefix(16))),
      ("processor", last.map { _ in list { "\($0.processor), \($0.threads) \($0.threads == 1 ? "thread" : "threads")" } }),
      ("compiler", last.map { _ in list(\.compiler) }),
      (
        "libraries",
        last.map { _ in list { "\($0.numerics.blas) (\($0.numerics.blasCore)), \($0.numerics.fft), C library \($0.numerics.cLibrary)" } }
      ),
      ("sittings", sittings.count > 1 ? "\(sittings.count)" + (sittings.contains(where: \.forced) ? ", one of them forced" : "") : nil),
      ("folder", run.directory),
    ]
    return named.compactMap { name, text in text.flatMap { $0.isEmpty ? nil : Fact(factName: name, factText: ReportText.printable($0)) } }
  }

  private static func provenance(_ run: FinishedRun) -> Provenance? {
    try? JSONText.decode(Provenance.self, fromFile: "\(run.directory)/provenance.json", madeBy: "make run")
  }

  private static func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
