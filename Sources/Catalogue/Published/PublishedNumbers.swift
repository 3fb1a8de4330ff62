import Documents

/// The papers' numbers, from `published.csv`.
package struct PublishedNumbers: Sendable {
  package struct Number: Sendable, Equatable {
    /// Nil where the paper prints none.
    package let value: Double?
    package let deviation: Double?
    /// Such as `accuracy %`.
    package let unit: String
    package let note: String
    /// Runs behind it: what the note states; else 3 behind a deviation of DFOUT, which says so of its Table 2; else 1.
    package let seedCount: Int
    /// What it is of these runs.
    package let statistic: Experiment.Statistic

    /// Whether it was read in the paper itself, and not off a picture by others.
    package var isVerified: Bool { !note.hasPrefix("UNVERIFIED") }

    /// The paper says that the model did not learn the task, rather than nothing.
    package var isFailure: Bool { value == nil && note.contains("failed") }
  }

  private let numbers: [PublishedCell: Number]
  /// All cells in the order of the file, which is that of the papers.
  package let cells: [PublishedCell]

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for an unreadable line, or a cell without a name or that is there twice.
  package init(fromFile path: String) throws {
    let table = try CSVTable(fromFile: path, fix: "restore it from the repository")
    let columns = try ["paper", "table", "row_method", "column_task", "value", "std", "unit", "note"].map { try table.index(of: $0) }
    var numbers: [PublishedCell: Number] = [:]
    var cells: [PublishedCell] = []
    // Made once: parsing a pattern takes longer than matching a file of notes.
    let statedSeeds = /(mean of|median over) ([0-9]+) seeds/
    for (index, row) in table.rows.enumerated() {
      let fields = columns.map { row[$0] }
      let cell = PublishedCell(paper: fields[0], table: fields[1], row: fields[2], column: fields[3])
      guard !fields[0..<4].contains("") else { throw table.badRow(index, why: "a cell has a paper, a table, a row and a column") }
      guard numbers[cell] == nil else { throw table.badRow(index, why: "this cell appears twice") }
      cells.append(cell)
      let deviation = try table.number(fields[5], row: index)
      let stated = fields[7].firstMatch(of: statedSeeds)
      numbers[cell] = Number(
        value: try table.number(fields[4], row: index), deviation: deviation, unit: fields[6], note: fields[7],
        seedCount: stated.flatMap { Int($0.2) } ?? (deviation == nil ? 1 : Self.usualSeedCount),
        statistic: stated?.1 == "median over" ? .median : .mean)
    }
    self.numbers = numbers
    self.cells = cells
  }

  /// How many runs DFOUT's deviations are of, the only ones that any paper prints here.
  private static let usualSeedCount = 3

  package subscript(cell: PublishedCell) -> Number? { numbers[cell] }

  /// The number that decides the word for a cell. A paper may print one number in two tables, and its deviation in one of them alone: then
  /// that one decides for both, so that one result never has two words.
  package func deciding(_ answer: Answer, of experiment: Experiment) -> Number? {
    guard let number = self[answer.cell] else { return nil }
    let same = experiment.answers.filter { $0.probe == answer.probe }.compactMap { self[$0.cell] }.filter { $0.value == number.value }
    return same.first { $0.deviation != nil } ?? same.max { $0.seedCount < $1.seedCount }
  }
}
