import Catalogue
import Runs

/// Everything that the page of all results shows, in its order; templates turn it into HTML.
package struct ReportPage {
  /// A number that stands large, and what it counts.
  struct Count {
    let countText: String
    let countWords: String
  }

  struct PresetNote {
    let noteName: String
    let noteText: String
  }

  struct Choice {
    let choiceValue: String
    let choiceText: String
  }

  struct Paper {
    let sectionAnchor: String
    let sectionName: String
    let sectionTitle: String
    let sourceText: String?
    let sourceAddress: String?
    let tables: [TableView]
    let figures: [FigureView]
    /// Figures of which nothing has run.
    let emptyFigures: [FigureView]
    let hasEmptyFigures: Bool
  }

  let pageTitle: String
  let counts: [Count]
  let presetNotes: [PresetNote]
  /// The words of all tables of preset `paper` together.
  let tally: [String]
  let claimRows: [ClaimRow]
  /// `12 reproduced, 2 not reproduced`.
  let claimCount: String
  let hasClaims: Bool
  let claimChoices: [Choice]
  let papers: [Paper]
  let experimentRows: [ExperimentRow]
  let runs: [RunView]
  let hasRuns: Bool
  let paperChoices: [Choice]
  let groupChoices: [Choice]
  let presetChoices: [Choice]

  /// - Throws: `StageError` (`badData`) if a file of a finished run cannot be read.
  package init(_ inputs: ReportInputs, figures: [FigureView]) throws {
    pageTitle = "State space models: three papers and what came out here"
    let results = inputs.presets.map { (preset: $0, results: inputs.results($0)) }
    runs = try results.flatMap { try Self.runs($0.results) }
    hasRuns = !runs.isEmpty
    let rows = results.flatMap { _, results in results.flatMap { ExperimentRow.rows($0, published: inputs.catalogue.published) } }
    // What has run comes first.
    experimentRows = rows.filter { !$0.isMissing } + rows.filter(\.isMissing)
    counts = Self.counts(results, runs: runs)
    presetNotes = inputs.presets.map { PresetNote(noteName: $0.rawValue, noteText: $0.note) }
    tally = Self.tally(results.first { $0.preset == .paper }?.results ?? [], published: inputs.catalogue.published)
    claimRows = inputs.ledger.rows.map { ClaimRow($0, figures: figures) }
    hasClaims = !claimRows.isEmpty
    let verdicts = ClaimVerdict.allCases.filter { inputs.ledger.count($0) > 0 }
    claimCount = verdicts.map { "\(inputs.ledger.count($0)) \($0.word)" }.joined(separator: ", ")
    claimChoices = verdicts.map { Choice(choiceValue: $0.word, choiceText: $0.word) }
    papers = try ReportPaper.allCases.compactMap { try Self.paper($0, inputs, figures) }
    paperChoices = Self.choices(experimentRows.map(\.paperName))
    groupChoices = Self.choices(experimentRows.map(\.groupTitle).sorted())
    presetChoices = Self.choices(inputs.presets.map(\.rawValue))
  }

  private static func choices(_ names: [String]) -> [Choice] { names.unique().map { Choice(choiceValue: $0, choiceText: $0) } }

  private static func runs(_ results: [ExperimentResult]) throws -> [RunView] {
    try results.flatMap { result in
      try (result.runs + result.otherDeviceRuns).map { try RunView($0, of: result, isOutdated: false) }
        + result.outdatedRuns.map { try RunView($0, of: result, isOutdated: true) }
    }
  }

  private static func counts(_ results: [(preset: Preset, results: [ExperimentResult])], runs: [RunView]) -> [Count] {
    let hours = runs.compactMap { Double($0.durationOrder) }.reduce(0, +) / 3600
    return [Count(countText: "\(runs.count)", countWords: runs.count == 1 ? "finished run" : "finished runs")]
      + results.map { preset, results in
        Count(
          countText: "\(results.count { !$0.runs.isEmpty }) of \(results.count)",
          countWords: "experiments have run at preset \(preset.rawValue)")
      } + (hours >= 1 ? [Count(countText: "\(Int(hours.rounded()))", countWords: "hours of training")] : [])
  }

  private static func tally(_ results: [ExperimentResult], published: PublishedNumbers) -> [String] {
    let records = results.flatMap { result in result.experiment.answers.map { ResultRecord(result, answer: $0, published: published) } }
    return VerdictTally(records).sentences
  }

  /// Nil where there is nothing to show.
  private static func paper(_ paper: ReportPaper, _ inputs: ReportInputs, _ figures: [FigureView]) throws -> Paper? {
    let (own, isDrawn) = (
      figures.filter { $0.paper == paper }, { (figure: FigureView) in figure.svg != nil || figure.pictureAddress != nil }
    )
    let tables = try tables(paper, inputs)
    guard !own.isEmpty || !tables.isEmpty else { return nil }
    return Paper(
      sectionAnchor: paper.rawValue, sectionName: paper == .house ? "Learning curves" : paper.name, sectionTitle: paper.title,
      sourceText: paper.source?.text, sourceAddress: paper.source?.address,
      tables: tables, figures: own.filter(isDrawn), emptyFigures: own.filter { !isDrawn($0) },
      hasEmptyFigures: own.contains { !isDrawn($0) })
  }

  /// The tables of a paper at each preset that has a result in them; without any result once, with the commands that fill them.
  private static func tables(_ paper: ReportPaper, _ inputs: ReportInputs) throws -> [TableView] {
    let tables = inputs.presets.map { (preset: $0, tables: inputs.tables($0)) }
    let names = tables.flatMap(\.tables.names).unique().filter { $0.hasPrefix("\(paper.rawValue)-") }
    return try names.flatMap { name -> [TableView] in
      let views = try tables.compactMap { preset, tables in try tables.document(name).map { TableView($0, preset: preset) } }
      let filled = views.filter(\.hasResults)
      return filled.isEmpty ? Array(views.prefix(1)) : filled
    }
  }
}

extension Preset {
  /// What a reader must know of its numbers.
  fileprivate var note: String {
    switch self {
    case .paper: "the reported configuration; the only one whose numbers are judged against the published ones."
    case .reduced:
      "same method, task and metric with less data, a smaller model or fewer epochs; published numbers stand beside for orientation."
    case .smoke: "seconds a run; it only proves that the path works."
    }
  }
}
