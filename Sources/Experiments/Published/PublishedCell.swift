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

  private enum Key: String, CaseIterable { case paper, table, row, column }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    self.init(
      paper: try section[.paper].text(), table: try section[.table].text(), row: try section[.row].text(),
      column: try section[.column].text())
  }
}
