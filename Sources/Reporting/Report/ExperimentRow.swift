import Catalogue

/// A result of an experiment, there or missing, as a line of the list of all of them.
struct ExperimentRow {
  struct RunLink {
    let linkText: String
    let linkAnchor: String
  }

  enum State: String {
    case complete
    /// Some seeds are missing.
    case partial
    case missing
    /// Its runs only prove the path.
    case path
  }

  /// Of the first line of an experiment.
  let rowAnchor: String?
  let experimentTitle: String
  let experimentID: String
  let paperName: String
  let groupTitle: String
  let rowPreset: String
  let state: String
  let stateText: String
  let metricName: String
  let oursText: String
  /// What ours is sorted by; empty without a number.
  let oursOrder: String
  let chanceText: String
  let publishedText: String
  let publishedCell: String
  let verdict: VerdictView?
  let verdictKind: String
  let runLinks: [RunLink]
  let fillCommand: String?

  var isMissing: Bool { state == State.missing.rawValue }

  static func anchor(_ experiment: Experiment) -> String { ReportText.anchor("e", experiment.id, experiment.preset.rawValue) }

  /// A line for each number that an experiment gives.
  static func rows(_ result: ExperimentResult, published: PublishedNumbers) -> [ExperimentRow] {
    let answers: [Answer?] = result.experiment.answers.isEmpty ? [nil] : result.experiment.answers.unique(by: \.probe)
    return answers.enumerated().map { index, answer in
      let record = answer.map { ResultRecord(result, answer: $0, published: published) } ?? ResultRecord(result)
      return ExperimentRow(record, of: result, isFirst: index == 0)
    }
  }

  private init(_ record: ResultRecord, of result: ExperimentResult, isFirst: Bool) {
    let experiment = result.experiment
    rowAnchor = isFirst ? Self.anchor(experiment) : nil
    experimentTitle = ReportText.printable(experiment.title + (record.probe.map { " (\($0))" } ?? ""))
    experimentID = experiment.id
    paperName = ReportPaper(folder: experiment.paper).name
    groupTitle = CatalogueTitles.group(experiment.group)
    rowPreset = experiment.preset.rawValue
    let state: State =
      !result.isResult ? .path : record.seeds.isEmpty ? .missing : record.missingSeeds.isEmpty ? .complete : .partial
    self.state = state.rawValue
    let seeds = "\(record.seeds.count) of \(record.seeds.count + record.missingSeeds.count) seeds"
    stateText =
      switch state {
      case .complete: seeds
      case .partial: seeds
      case .missing: "no run"
      case .path: "proves the path only"
      }
    metricName = RecordColumn.metricName.text(record)
    oursText = record.countedText
    oursOrder = record.value.map { "\($0)" } ?? ""
    chanceText = record.text(record.chance)
    publishedText = record.publishedText
    publishedCell = record.answer.map { $0.isExtra ? "" : "\($0.cell.table): \($0.cell.row), \($0.cell.column)" } ?? ""
    verdict = VerdictView(record)
    verdictKind = verdict?.kind ?? ""
    let shown = record.result?.runs ?? []
    runLinks = (shown + result.outdatedRuns.filter { old in !shown.contains { $0.directory == old.directory } }).map { run in
      RunLink(linkText: "seed \(run.summary.seed)", linkAnchor: RunView.anchor(run))
    }
    fillCommand = record.command
  }
}
