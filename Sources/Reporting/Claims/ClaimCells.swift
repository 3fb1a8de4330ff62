import Catalogue
import Documents
import Foundation
import RunSupport

extension ClaimQuantity.Cells {
  /// The number of these cells of a table, and its standard error, 0 without a column of it.
  ///
  /// - Throws: `StageError` (`badData`) for a missing column, no such row, several without a reduction, and a field that is no number.
  func number(in table: CSVTable, _ reduction: ClaimQuantity.Reduction?) throws -> (value: Double, error: Double) {
    let wanted = try rows.map { (place: try table.index(of: $0.key), text: $0.value) }
    var found = table.rows.indices.filter { row in wanted.allSatisfy { Self.equal(table.rows[row][$0.place], $0.text) } }
    for (name, number) in near.sorted(by: { $0.key < $1.key }) {
      let place = try table.index(of: name)
      let distances = try found.map { row in abs((try table.number(table.rows[row][place], row: row) ?? .infinity) - number) }
      found = zip(found, distances).filter { $0.1 == distances.min() }.map(\.0)
    }
    let (place, errorPlace) = (try table.index(of: column), try error.map(table.index))
    let values = try found.map { row in try table.number(table.rows[row][place], row: row) ?? .nan }
    let errors = try found.map { row in try errorPlace.flatMap { try table.number(table.rows[row][$0], row: row) } ?? 0 }
    guard !values.isEmpty, values.count == 1 || reduction != nil, let value = reduction.map({ $0.value(values) }) ?? values.first else {
      throw StageError(
        .badData, "\(values.count) rows of \(table.path) fit a claim's rule", where: table.path,
        why: "\(rows.map { "\($0.key) = \($0.value)" }.sorted().joined(separator: ", ")) must name one row, or the rule a reduction",
        fix: "make the table again, or correct the rule")
    }
    return (value, errors.max() ?? 0)
  }

  /// Numbers may be spelled in other digits.
  private static func equal(_ field: String, _ text: String) -> Bool {
    if field == text { return true }
    guard let first = Double(field), let second = Double(text) else { return false }
    return first == second
  }
}

extension ClaimQuantity.Reduction {
  /// NaN of no values.
  func value(_ values: [Double]) -> Double {
    guard let low = values.min(), let high = values.max() else { return .nan }
    return switch self {
    case .minimum: low
    case .maximum: high
    case .range: high - low
    case .mean: SeedValues(values: values, statistic: .mean).centre ?? .nan
    case .median: SeedValues(values: values, statistic: .median).centre ?? .nan
    }
  }
}
