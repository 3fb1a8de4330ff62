import Experiments
import SequenceModels
import Training

/// The numbers behind a figure that shows one result for each of several settings: rows and columns are settings.
struct GridTable {
  /// Where the result of an experiment stands.
  struct Place {
    /// Heading of the grid; empty if there is only one.
    var section = Label("")
    let row: Label
    let column: Label
    /// The name of one of `training.probes`; nil for the plain result.
    var probe: String?
  }

  /// A setting, and what orders it among others.
  struct Label: Hashable {
    let text: String
    let order: Double

    init(_ text: String, order: Double = 0) {
      self.text = text
      self.order = order
    }

    /// `α = 0.3`.
    init(_ symbol: String, _ value: Double) { self.init("\(symbol) = \(Label.digits(value))", order: value) }

    /// 3 rather than 3.0.
    static func digits(_ value: Double) -> String {
      let text = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
      return text.replacingOccurrences(of: "-", with: "−")
    }
  }

  let name: String
  let title: String
  let note: String
  /// What the rows are.
  let corner: String
  /// Places of the results of an experiment of preset `paper`; none if it does not belong here.
  let places: @Sendable (Experiment) -> [Place]

  /// Settings are those of preset `paper`, also where a smaller preset scales them.
  func document(preset: Preset, catalogue: Catalogue, runs: FinishedRuns) -> ResultDocument {
    let experiments = Dictionary(uniqueKeysWithValues: catalogue.experiments(at: preset).map { ($0.id, $0) })
    let entries = catalogue.experiments(at: .paper).flatMap { experiment -> [(place: Place, cell: ResultCell)] in
      guard let atPreset = experiments[experiment.id] else { return [] }
      let result = ExperimentResult(atPreset, runs: runs)
      return places(experiment).map { ($0, ResultCell(result: result, probe: $0.probe)) }
    }
    let sections = Self.sorted(entries.map(\.place.section))
    let grids = sections.map { section -> ResultGrid in
      let members = entries.filter { $0.place.section == section }
      let columns = Self.sorted(members.map(\.place.column))
      let rows = Self.sorted(members.map(\.place.row)).map { row in
        let cells = members.filter { $0.place.row == row }.map { ($0.place.column.text, $0.cell) }
        return ResultGrid.Row(name: row.text, kind: .ours, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }))
      }
      return ResultGrid(heading: section.text, corner: corner, columns: columns.map(\.text), rows: rows)
    }
    let settings = preset == .paper ? "" : "\nRows and columns name the settings of preset `paper`; `\(preset.rawValue)` may scale them."
    return ResultDocument(name: name, title: title, note: note + settings, preset: preset, grids: grids)
  }

  /// By `order`, equal ones as they came.
  private static func sorted(_ labels: [Label]) -> [Label] {
    unique(labels).enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element)
  }

  private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
