import Documents
import Foundation

extension FinishedRun {
  /// The rows of one of the run's tables as numbers, in the order of `columns`; nil for an empty field.
  ///
  /// - Parameter conditions: only rows in which these columns have these values.
  /// - Returns: nil if the run, made by an earlier version, lacks the table.
  /// - Throws: `StageError` (`badData`) for a missing column or a field that is no number.
  package func rows<Column: RunColumn>(_ columns: [Column], where conditions: [Column: any CustomStringConvertible] = [:]) throws
    -> [[Double?]]?
  {
    guard let table = try table(Column.self) else { return nil }
    let places = try columns.map { try table.index(of: $0.name) }
    let wanted = try conditions.map { (try table.index(of: $0.key.name), $0.value.description) }
    return try table.rows.enumerated().compactMap { index, row in
      guard wanted.allSatisfy({ row[$0.0] == $0.1 }) else { return nil }
      return try places.map { try table.number(row[$0], row: index) }
    }
  }

  /// The same of the rows that belong to an excerpt.
  package func rows<Column: RunColumn>(_ columns: [Column], in excerpt: TableExcerpt) throws -> [[Double?]]? {
    guard let table = try table(Column.self) else { return nil }
    let places = try columns.map { try table.index(of: $0.name) }
    return try excerpt.rows(of: table).map { row in try places.map { try table.number(table.rows[row][$0], row: row) } }
  }

  private func table<Column: RunColumn>(_: Column.Type) throws -> CSVTable? {
    let path = "\(directory)/\(Column.file)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try CSVTable(
      fromFile: path,
      fix: origin == .own ? "delete the run's summary.json and run it again" : "restore it, as with git checkout results/shipped")
  }
}
