import Catalogue
import Documents
import RunSupport
import Runs

/// The results of a group of the catalogue beside the published numbers, a row for each, as CSV for machines and as Markdown for readers.
package struct GroupTable {
  private let group: String
  private let preset: Preset
  private let results: [ExperimentResult]
  private let published: PublishedNumbers

  package init(group: String, preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) {
    self.group = group
    self.preset = preset
    results = catalogue.experiments(at: preset).filter { $0.group == group }.map { ExperimentResult($0, runs: runs) }
    published = catalogue.published
  }

  /// A record for each experiment and number that it gives, beside the first published cell that it answers.
  private var records: [ResultRecord] {
    results.flatMap { result in
      let answers: [Answer?] = result.experiment.answers.isEmpty ? [nil] : result.experiment.answers.unique(by: \.probe)
      return answers.map { answer in answer.map { ResultRecord(result, answer: $0, published: published) } ?? ResultRecord(result) }
    }
  }

  private static let columns: [RecordColumn] = [
    .experiment, .preset, .task, .method, .metricName, .probe, .statistic, .value, .deviation, .seeds, .missingSeeds, .chance, .data,
    .published, .publishedDeviation, .paper, .table, .row, .column, .command,
  ]

  package var csv: String { CSVText.document(Self.columns.map(\.name), records.map { $0.fields(Self.columns) }) }

  package var markdown: String {
    let introduction = """
      # \(CatalogueTitles.group(group))

      \(preset.presetLine)
      Results on the test split at the epoch with the best validation; ± is the standard deviation over seeds; chance is the share of the
      most frequent class, of errors that of always answering with the mean. A cell without a run names the command that fills it.

      """
    let records = records
    let table = "\n" + MarkdownText.table(Self.header, records.map(Self.cells))
    let results = records.compactMap(\.result).unique(by: \.experiment.id)
    return introduction + table + "\n## Provenance\n\n" + RunProvenance.lines(results)
  }

  private static let header = ["Experiment", "Metric", "Ours", "Seeds", "Chance", "Published", "Published cell"]

  private static func cells(_ record: ResultRecord) -> [String] {
    let title = (record.result?.experiment.title ?? "") + (record.probe.map { " (\($0))" } ?? "")
    let cell = record.answer.map { $0.isExtra ? "" : "\($0.cell.paper), \($0.cell.table): \($0.cell.row), \($0.cell.column)" } ?? ""
    return [
      title, RecordColumn.metricName.text(record), ours(record), seeds(record), record.text(record.chance), record.publishedText, cell,
    ]
  }

  /// The value with what it is, or the command that fills the cell.
  private static func ours(_ record: ResultRecord) -> String {
    guard let result = record.result, result.isResult else { return ExperimentResult.reasonOfNone }
    guard record.value != nil else { return "`\(result.command(record.probe))`" }
    let remarks =
      [RecordColumn.seedStatistic, .preset].map { $0.text(record) } + (result.device.map { ["on \($0)"] } ?? [])
      + (result.unofficialData ? ["unofficial data"] : [])
      + (record.isOfAnotherConfiguration ? ["another configuration"] : [])
    return "\(record.measuredText) (\(remarks.joined(separator: ", ")))"
  }

  private static func seeds(_ record: ResultRecord) -> String {
    if record.seeds.isEmpty { return "" }
    return RecordColumn.seeds.text(record) + (record.missingSeeds.isEmpty ? "" : " (missing: \(RecordColumn.missingSeeds.text(record)))")
  }
}
