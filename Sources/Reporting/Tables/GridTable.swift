import Catalogue
import Runs
import SystemAnalysis

/// The numbers behind a figure that shows one result for each of several settings: rows and columns are settings.
struct GridTable {
  /// Where the result of an experiment stands.
  struct Place {
    /// Heading of the grid; empty if there is only one.
    var section = GridLabel("")
    let row: GridLabel
    let column: GridLabel
    /// The name of one of `training.probes`; nil for the plain result.
    var probe: String?
  }

  let name: String
  let title: String
  let note: String
  /// What the rows are.
  let corner: String
  /// Places of the results of an experiment of preset `paper`; none if it does not belong here.
  let places: @Sendable (Experiment) -> [Place]

  /// Settings are those of preset `paper`, also where a smaller preset scales them.
  func document(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns, limits: DelayLimits) -> ResultDocument {
    let experiments = Dictionary(uniqueKeysWithValues: catalogue.experiments(at: preset).map { ($0.id, $0) })
    let entries = catalogue.experiments(at: .paper).flatMap { experiment -> [(place: Place, record: ResultRecord)] in
      guard let atPreset = experiments[experiment.id] else { return [] }
      let result = ExperimentResult(atPreset, runs: runs, limits: limits)
      return places(experiment).map { ($0, ResultRecord(result, probe: $0.probe)) }
    }
    let sections = GridLabel.sorted(entries.map(\.place.section))
    let grids = sections.map { section -> ResultGrid in
      let members = entries.filter { $0.place.section == section }
      let columns = GridLabel.sorted(members.map(\.place.column))
      let rows = GridLabel.sorted(members.map(\.place.row)).map { row in
        let cells = members.filter { $0.place.row == row }.map { ($0.place.column.text, $0.record) }
        return ResultGrid.Row(name: row.text, kind: .ours, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }))
      }
      return ResultGrid(heading: section.text, corner: corner, columns: columns.map(\.text), rows: rows)
    }
    let settings = preset == .paper ? "" : "\nRows and columns name the settings of preset `paper`; `\(preset.rawValue)` may scale them."
    return ResultDocument(name: name, title: title, note: note + settings, preset: preset, grids: grids)
  }
}
