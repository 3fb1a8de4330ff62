import Catalogue
import Documents

/// A table of a paper, or the numbers behind a figure, at one preset.
struct TableView {
  struct Grid {
    let gridHeading: String?
    let corner: String
    let columnNames: [String]
    let gridRows: [Row]
  }

  struct Row {
    let rowName: String
    let isCitation: Bool
    let cells: [Cell]
  }

  /// Ours above the published number and the word for both.
  struct Cell {
    var ours: String?
    /// Where the runs of ours are described.
    var oursAnchor: String?
    var leastSquares: String?
    var publishedNumber: String?
    /// Of a model of others.
    var citedNumber: String?
    var verdict: VerdictView?
    /// Where the command stands that fills the cell.
    var missingAnchor: String?
  }

  /// A table of another form.
  struct Plain {
    struct Line {
      let fields: [ReportText]
    }

    let plainHeading: String?
    let header: [String]
    let lines: [Line]
  }

  let tableAnchor: String
  let tableTitle: String
  let tablePreset: String
  let notes: [ReportText]
  let grids: [Grid]
  let plainTables: [Plain]
  /// Whether a number of ours stands in it.
  let hasResults: Bool

  /// Headings of what the page says elsewhere.
  private static let leftOut = ["Missing runs", "Provenance", "Cells without a run"]

  init(_ document: ResultDocument, preset: Preset) {
    let page = MarkdownDocument(document.markdown)
    tableAnchor = ReportText.anchor("t", document.name, preset.rawValue)
    tablePreset = preset.rawValue
    tableTitle = page.title
    grids = document.grids.map(Self.grid)
    let sections = Self.sections(page.blocks)
    notes = sections.flatMap(\.blocks).flatMap { block -> [ReportText] in
      switch block {
      // The page says once what a preset is.
      case .paragraph(let lines):
        [ReportText(lines.filter { !$0.hasPrefix("Preset `") }.joined(separator: " "))].filter { !$0.parts.isEmpty }
      case .list(let items): items.map(ReportText.init)
      case .heading, .table: []
      }
    }
    plainTables =
      document.grids.isEmpty
      ? sections.flatMap { section in
        section.blocks.compactMap { block in
          guard case .table(let header, let rows) = block else { return nil }
          return Plain(plainHeading: section.heading, header: header, lines: rows.map { Plain.Line(fields: $0.map(ReportText.init)) })
        }
      } : []
    hasResults =
      document.grids.isEmpty
      ? plainTables.contains { !$0.lines.isEmpty } : document.grids.contains { $0.records.contains { $0.value != nil } }
  }

  private static func sections(_ blocks: [MarkdownDocument.Block]) -> [(heading: String?, blocks: [MarkdownDocument.Block])] {
    var sections: [(heading: String?, blocks: [MarkdownDocument.Block])] = [(nil, [])]
    for block in blocks {
      if case .heading(let text) = block { sections.append((text, [])) } else { sections[sections.count - 1].blocks.append(block) }
    }
    return sections.filter { !leftOut.contains($0.heading ?? "") }
  }

  private static func grid(_ grid: ResultGrid) -> Grid {
    let rows = grid.rows.map { row in
      Row(
        rowName: row.name, isCitation: row.kind == .citation,
        cells: grid.columns.map { column in row.cells[column].map { cell($0, isCitation: row.kind == .citation) } ?? Cell() })
    }
    return Grid(gridHeading: grid.heading.isEmpty ? nil : grid.heading, corner: grid.corner, columnNames: grid.columns, gridRows: rows)
  }

  private static func cell(_ record: ResultRecord, isCitation: Bool) -> Cell {
    func some(_ text: String) -> String? { text.isEmpty ? nil : text }
    let anchor = record.result.map { ExperimentRow.anchor($0.experiment) }
    if isCitation { return Cell(citedNumber: some(record.publishedText)) }
    var cell = Cell(publishedNumber: some(record.publishedText))
    cell.ours = some(record.countedText)
    cell.oursAnchor = cell.ours == nil ? nil : anchor
    cell.leastSquares = some(record.limitText)
    cell.verdict = VerdictView(record)
    cell.missingAnchor = cell.ours == nil ? anchor : nil
    return cell
  }
}
