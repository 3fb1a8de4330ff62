import Catalogue
import RunSupport
import Runs

/// A table of a paper, laid out as it is printed: models down, tasks across; ours beside the published numbers.
struct PaperTable {
  /// Where published rows come from.
  struct Source {
    let paper: String
    let table: String
    /// Follows the names of its rows: why they stand here though the paper's own table could not be read.
    var remark = ""
  }

  let name: String
  let title: String
  let note: String
  let sources: [Source]
  /// The paper's column of means over the tasks; nil if it prints none.
  var averageColumn: String?

  /// What the rows of DFouT mean that the paper does not print.
  private static let inputVariants =
    "S4D-DFouT trains B; the input of its row is held for a step of ξ, that of (unit input) is not, and (fixed input) keeps B = 1."

  static let all = [
    PaperTable(
      name: "tfb-table-3", title: "TFB Table 3: Long Range Arena",
      note: """
        The published numbers are those that a later paper of the first author lists; deviations could not be obtained. Which other models
        TFB's table prints is not known: the rows marked so are from the later paper, which prints that of LRU in the wrong order.
        """,
      sources: [
        Source(paper: "TFB", table: "Table 3"), Source(paper: "BBM", table: "Table 4", remark: "from Block-Biased Mamba, Table 4"),
      ], averageColumn: "Avg."),
    PaperTable(
      name: "hope-table-1", title: "HOPE Table 1: Long Range Arena",
      note: """
        The published numbers are those that a later paper of the first author lists; deviations could not be obtained. That HOPE prints the
        same digits for the other models is assumed.
        """,
      sources: [Source(paper: "HOPE", table: "Table 1"), Source(paper: "HOPE", table: "Table 1 (baseline, via BBM Table 4)")],
      averageColumn: "Avg."),
    PaperTable(
      name: "dfout-table-1", title: "DFOUT Table 1: Long Range Arena",
      note: "The paper prints one number a cell, without deviation. \(inputVariants)",
      sources: [Source(paper: "DFOUT", table: "Table 1")]),
    PaperTable(
      name: "dfout-table-2", title: "DFOUT Table 2: sequential CIFAR-10 and Speech Commands",
      note: """
        The paper prints means and standard deviations over 3 seeds. At 8 kHz nothing is trained anew. The 0.07 of S4D-Batched-DFouT is
        printed so: a collapse below chance, or a misprint.
        \(inputVariants)
        S4D-Token (half) and S4D-Batched-DFouT (half plane) store N/2 modes, each for a conjugate pair, the plain rows all N.
        """,
      sources: [Source(paper: "DFOUT", table: "Table 2")]),
    PaperTable(
      name: "dfout-table-3", title: "DFOUT Table 3: permuted CIFAR-10 and vital signs",
      note: """
        Accuracy in percent for psCIFAR, root of the mean squared error for BIDMC. The paper prints no deviation.
        \(inputVariants)
        """,
      sources: [Source(paper: "DFOUT", table: "Table 3")]),
    PaperTable(
      name: "dfout-table-4", title: "DFOUT Table 4: Long Range Arena, extended",
      note: "The rows of diagonal models repeat those of Table 1; all others are citations.",
      sources: [Source(paper: "DFOUT", table: "Table 4")]),
  ]

  func document(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) -> ResultDocument {
    let grid = grid(preset: preset, catalogue: catalogue, runs: runs)
    return ResultDocument(name: name, title: title, note: note, preset: preset, grids: [grid])
  }

  private func grid(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) -> ResultGrid {
    let cells = sources.flatMap { source in catalogue.published.cells.filter { $0.paper == source.paper && $0.table == source.table } }
    let columns = cells.map(\.column).unique()
    var answers: [PublishedCell: (result: ExperimentResult, answer: Answer)] = [:]
    var extraRows: [String] = []
    for experiment in catalogue.experiments(at: preset) {
      for answer in experiment.answers where sources.contains(where: { $0.paper == answer.cell.paper && $0.table == answer.cell.table }) {
        answers[answer.cell] = (ExperimentResult(experiment, runs: runs), answer)
        if answer.isExtra { extraRows.append(answer.cell.row) }
      }
    }
    let rows = sources.enumerated().flatMap { index, source in
      let published = cells.filter { $0.paper == source.paper && $0.table == source.table }.map(\.row).unique()
      let names = published + (index == 0 ? Set(extraRows).sorted() : [])
      return names.map { name -> ResultGrid.Row in
        var found: [String: ResultRecord] = [:]
        for column in columns {
          let cell = PublishedCell(paper: source.paper, table: source.table, row: name, column: column)
          let (answer, number) = (answers[cell], catalogue.published[cell])
          guard answer != nil || number != nil else { continue }
          found[column] =
            answer.map { ResultRecord($0.result, answer: $0.answer, published: catalogue.published) } ?? ResultRecord(nil, number: number)
        }
        let isOurs = found.values.contains { $0.result != nil }
        if isOurs, let column = averageColumn { found[column] = average(found, columns: columns) }
        return ResultGrid.Row(
          name: source.remark.isEmpty ? name : "\(name) (\(source.remark))", kind: isOurs ? .ours : .citation, cells: found)
      }
    }
    return ResultGrid(heading: "", corner: "Model", columns: columns, rows: rows)
  }

  /// The mean of a row, if every task of the table has a result there.
  private func average(_ cells: [String: ResultRecord], columns: [String]) -> ResultRecord {
    let tasks = columns.filter { $0 != averageColumn }
    let values = tasks.compactMap { cells[$0].flatMap { $0.isOfAnotherConfiguration ? nil : $0.value } }
    let mean = values.count == tasks.count && !values.isEmpty ? values.reduce(0, +) / Double(values.count) : nil
    return ResultRecord(nil, number: averageColumn.flatMap { cells[$0]?.number }, average: mean)
  }
}
