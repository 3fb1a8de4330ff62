import Catalogue
import Documents
import RunSupport
import Runs

/// All results as data for other programs: a long table, a line a number, and a file of JSON objects, a line a run.
///
/// Both have the runs of `FinishedRuns.all`, in that order.
package struct ResultFiles {
  /// The text of `results.csv`; the columns are those of docs/exports.md.
  package let csv: String
  /// The text of `results.jsonl`.
  package let jsonLines: String

  /// - Throws: `StageError` (`badData`) if a table of a run cannot be read.
  package init(_ presets: [Preset], catalogue: ExperimentCatalogue, runs: FinishedRuns) throws {
    var (csv, jsonLines) = (CSVText.line(ResultNumber.header), "")
    for preset in presets {
      let experiments = Dictionary(uniqueKeysWithValues: catalogue.experiments(at: preset).map { ($0.id, $0) })
      for run in runs.all(preset) {
        let record = try RunRecord(run, experiments[run.summary.experiment])
        for number in record.numbers { csv += CSVText.line(record.fields + number.fields) }
        jsonLines += try JSONText.encodeLine(record)
      }
    }
    (self.csv, self.jsonLines) = (csv, jsonLines)
  }
}
