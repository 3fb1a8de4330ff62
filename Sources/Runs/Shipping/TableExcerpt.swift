import Documents
import RunSupport

/// The rows and columns of a large table that a figure or a claim reads.
package struct TableExcerpt: Sendable {
  /// Some of the systems of each layer, at equal distances, so that there are about as many rows of a layer as a figure can show.
  package struct Sampling: Sendable {
    let group: String
    let member: String
    let rowCount: Int
  }

  package let file: String
  private let columns: Set<String>
  private let ranges: [String: Range<Int>]
  private let sampling: Sampling?

  /// - Parameters:
  ///   - columns: those that are read.
  ///   - ranges: only rows in which these columns, whole numbers, lie in these ranges.
  package init<Column: RunColumn>(_ columns: [Column], where ranges: [Column: Range<Int>] = [:]) {
    self.init(
      file: Column.file, columns: columns.map(\.name), where: Dictionary(uniqueKeysWithValues: ranges.map { ($0.key.name, $0.value) }))
  }

  /// - Parameters:
  ///   - columns: those that are read.
  ///   - rowCount: about so many rows of each value of `group`.
  ///   - member: rows with one value of it stay together.
  package init<Column: RunColumn>(_ columns: [Column], atMost rowCount: Int, ofEach group: Column, by member: Column) {
    self.init(file: Column.file, columns.map(\.name), [:], Sampling(group: group.name, member: member.name, rowCount: rowCount))
  }

  /// The same by the names of columns.
  package init(file: String, columns: [String], where ranges: [String: Range<Int>] = [:]) {
    self.init(file: file, columns, ranges, nil)
  }

  private init(file: String, _ columns: [String], _ ranges: [String: Range<Int>], _ sampling: Sampling?) {
    (self.file, self.ranges, self.sampling) = (file, ranges, sampling)
    self.columns = Set(columns).union(ranges.keys).union([sampling?.group, sampling?.member].compactMap { $0 })
  }

  /// What any of the excerpts names of a table, rows and columns in its order.
  ///
  /// - Throws: `StageError` (`badData`) if it lacks a column, or a field is no number where a range asks for one.
  static func text(of table: CSVTable, _ excerpts: [TableExcerpt]) throws -> String {
    let wanted = Set(try excerpts.flatMap { try $0.rows(of: table) })
    let names = excerpts.reduce(into: Set<String>()) { $0.formUnion($1.columns) }
    for name in names.sorted() { _ = try table.index(of: name) }
    let places = table.header.indices.filter { names.contains(table.header[$0]) }
    return CSVText.document(
      places.map { table.header[$0] }, wanted.sorted().map { row in places.map { table.rows[row][$0] } })
  }

  /// Indices of the rows of a table that belong to it.
  func rows(of table: CSVTable) throws -> [Int] {
    let conditions = try ranges.map { (try table.index(of: $0.key), $0.value) }
    let rows = try table.rows.indices.filter { row in
      try conditions.allSatisfy { place, range in
        guard let value = try table.number(table.rows[row][place], row: row) else { return false }
        return Double(range.lowerBound) <= value && value < Double(range.upperBound)
      }
    }
    return try sampling.map { try $0.rows(rows, of: table) } ?? rows
  }
}

extension TableExcerpt.Sampling {
  fileprivate func rows(_ rows: [Int], of table: CSVTable) throws -> [Int] {
    let (groupPlace, memberPlace) = (try table.index(of: group), try table.index(of: member))
    let groups = Dictionary(grouping: rows) { table.rows[$0][groupPlace] }
    return groups.values.flatMap { rows -> [Int] in
      let members = rows.map { table.rows[$0][memberPlace] }.unique()
      let count = max(1, rowCount * members.count / rows.count)
      let kept = Set(SystemReport.spread(members, count))
      return rows.filter { kept.contains(table.rows[$0][memberPlace]) }
    }.sorted()
  }
}
