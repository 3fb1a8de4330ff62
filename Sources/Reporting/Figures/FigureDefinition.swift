import Catalogue
import Runs
import SystemAnalysis

/// A figure as it is declared: which experiments it needs, and how their runs become its panels.
package struct FigureDefinition: Sendable {
  /// `wave-errors`.
  package let name: String
  /// `tfb`, `hope`, `dfout`, or `house`.
  package let folder: String
  /// The name of the script without `.gp`; that of the figure if nil.
  var script: String?
  /// With the paper and its number there.
  package let title: String
  /// What a reader must know besides, in sentences.
  var caption = ""
  /// What ranges mean.
  var band = "range of the seeds"
  package var format = Gnuplot.Format.svg
  /// Whether an experiment's runs enter.
  let needs: @Sendable (Experiment) -> Bool
  /// What it reads of the large tables of a run of such an experiment; all else of these tables stays out of the repository.
  var excerpts: @Sendable (Experiment) -> [TableExcerpt] = { _ in [] }
  /// Another table than the panels' marks.
  var csv: (@Sendable (FigureInputs) throws -> String)?
  let panels: @Sendable (FigureInputs) throws -> [Figure.Panel]

  /// The path of its script below the folder of figures.
  package var scriptPath: String { "\(folder)/\(script ?? name).gp" }

  /// The experiments of a catalogue whose runs enter, at one preset, ordered by id.
  package func experiments(in catalogue: ExperimentCatalogue, at preset: Preset) -> [Experiment] {
    catalogue.experiments(at: preset).filter(needs)
  }

  /// The figure with what has run.
  ///
  /// - Throws: `StageError` if a file of a finished run cannot be read.
  package func figure(_ catalogue: ExperimentCatalogue, preset: Preset, runs: FinishedRuns, limits: DelayLimits = DelayLimits()) throws
    -> Figure
  {
    let results = experiments(in: catalogue, at: preset).map { ExperimentResult($0, runs: runs, limits: limits) }
    let reported = Dictionary(uniqueKeysWithValues: experiments(in: catalogue, at: .paper).map { ($0.id, $0) })
    return try Figure(FigureInputs(results: results, published: catalogue.published, preset: preset, reported: reported), as: self)
  }
}

/// What a figure is made of.
struct FigureInputs: Sendable {
  /// Ordered by id.
  let results: [ExperimentResult]
  let published: PublishedNumbers
  let preset: Preset
  private let reported: [String: Experiment]

  init(results: [ExperimentResult], published: PublishedNumbers, preset: Preset, reported: [String: Experiment]) {
    (self.results, self.published, self.preset, self.reported) = (results, published, preset, reported)
  }

  /// An experiment as papers report it, whatever the preset of the runs.
  func reported(_ experiment: Experiment) -> Experiment? { reported[experiment.id] }

  func result(method: String) -> ExperimentResult? { results.first { $0.experiment.method == method } }

  /// What trains all experiments of a group.
  func command(group: String) -> String { "make reproduce-\(group) PRESET=\(preset.rawValue)" }

  /// The panel, or an empty frame if no series has a mark, with the command or, where runs of all `results` would be no result, that reason.
  func panel(
    _ title: String, orElse command: String, _ series: [Figure.Series], of results: [ExperimentResult] = [], note: String = "",
    variables: [String: String] = [:], keys: [FigureKey.Entry] = []
  ) -> Figure.Panel {
    guard series.allSatisfy({ $0.points.isEmpty || $0.kind == .published }) else {
      return Figure.Panel(title: title, note: note, series: series, variables: variables, keys: keys)
    }
    let isWithoutResult = !results.isEmpty && results.allSatisfy { !$0.isResult }
    return Figure.Panel(
      title: title, command: isWithoutResult ? "" : command, reason: isWithoutResult ? ExperimentResult.reasonOfNone : "",
      variables: variables)
  }
}
