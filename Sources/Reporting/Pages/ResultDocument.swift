import Catalogue
import Documents
import RunSupport
import Runs

/// A table under its name, as CSV for machines and as Markdown for readers.
package struct ResultDocument {
  /// Name of its files, without the preset: `dfout-table-1`.
  package let name: String
  package let csv: String
  package let markdown: String
  /// What its tables show, where they are grids of results.
  var grids: [ResultGrid] = []
}

extension ResultDocument {
  /// - Parameter note: what a reader must know of these grids; whole sentences.
  init(name: String, title: String, note: String, preset: Preset, grids: [ResultGrid]) {
    let hasLimits = grids.contains(where: \.hasLimits)
    let csv = CSVText.document(ResultGrid.csvHeader(limits: hasLimits), grids.flatMap { $0.csvLines(limits: hasLimits) })
    let (records, results) = (grids.flatMap(\.records), grids.flatMap(\.results).unique(by: \.experiment.id))
    let introduction = """
      # \(title)

      \(preset.presetLine)
      \(note)

      """
    let markdown =
      introduction + grids.map { "\n" + $0.markdown }.joined() + Self.legend(records, results, preset: preset) + Self.missing(grids)
      + "\n## Provenance\n\n" + RunProvenance.lines(results)
    self.init(name: name, csv: csv, markdown: markdown, grids: grids)
  }

  /// How to read the cells; only what occurs among them.
  private static func legend(_ records: [ResultRecord], _ results: [ExperimentResult], preset: Preset) -> String {
    var sentences: [String] = []
    let done = results.filter { !$0.runs.isEmpty }
    let statistics = Set(done.map(\.experiment.statistic)).map(\.rawValue).sorted().joined(separator: " or ")
    if !done.isEmpty {
      sentences.append("Reproduced is the \(statistics) over seeds ± their standard deviation, in brackets the number of seeds.")
    }
    if done.contains(where: { $0.unofficialData && $0.isResult }) { sentences.append("† marks unofficial data, such as a subset.") }
    if done.contains(where: { !$0.isResult }) { sentences.append("Runs on generated pairs of documents only prove the path: no result.") }
    if done.contains(where: \.isOfAnotherConfiguration) {
      sentences.append("‡ marks runs of another configuration, where there are no others.")
    }
    if preset == .paper, records.contains(where: { $0.judgement != nil }) {
      sentences.append(
        "A difference is within the number behind the word, or beyond it better or worse: that is the smallest difference that these runs "
          + "could have shown, Student's factor times its standard error, of seeds and test split on both sides.")
      sentences += VerdictTally(records).sentences
    }
    return sentences.isEmpty ? "" : "\n" + sentences.joined(separator: " ") + "\n"
  }

  private static func missing(_ grids: [ResultGrid]) -> String {
    let lines = grids.flatMap { grid in
      grid.missing.map { [grid.heading.isEmpty ? $0.row : "\(grid.heading), \($0.row)", $0.column, "`\($0.command)`"] }
    }
    guard !lines.isEmpty else { return "" }
    return "\n## Missing runs\n\n" + MarkdownText.table(["Row", "Column", "First missing run"], lines)
  }
}
