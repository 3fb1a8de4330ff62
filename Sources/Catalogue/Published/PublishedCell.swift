/// A cell of a paper's table, as `published.csv` names it.
package struct PublishedCell: Sendable, Equatable, Hashable {
  package let paper: String
  package let table: String
  package let row: String
  package let column: String

  package init(paper: String, table: String, row: String, column: String) {
    self.paper = paper
    self.table = table
    self.row = row
    self.column = column
  }
}

/// A published cell that an experiment answers, and which of its results stands beside it.
package struct Answer: Sendable, Equatable {
  package let cell: PublishedCell
  /// The name of one of `training.probes`; nil for the plain result on the test split.
  package let probe: String?
  /// The paper prints no such row: ours stands among its rows all the same.
  package let isExtra: Bool

  private enum Key: String, CaseIterable { case paper, table, row, column, probe, extra }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    cell = PublishedCell(
      paper: try section[.paper].text(), table: try section[.table].text(), row: try section[.row].text(),
      column: try section[.column].text())
    probe = try section.optional(.probe)?.text()
    isExtra = try section.optional(.extra)?.flag() ?? false
  }
}
