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
    let path = "\(directory)/\(Column.file)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let table = try CSVTable(fromFile: path, fix: "delete the run's summary.json and run it again")
    let places = try columns.map { try table.index(of: $0.name) }
    let wanted = try conditions.map { (try table.index(of: $0.key.name), $0.value.description) }
    return try table.rows.enumerated().compactMap { index, row in
      guard wanted.allSatisfy({ row[$0.0] == $0.1 }) else { return nil }
      return try places.map { try table.number(row[$0], row: index) }
    }
  }
}
