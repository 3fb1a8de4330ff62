import Documents
import Foundation

/// A table of an analytic result: what one CSV file holds.
package struct AnalyticTable: Sendable, Equatable {
  /// Name of the file without `.csv`: the result's name, or that with `-` and a word behind it.
  package let name: String
  package let columns: [String]
  package private(set) var rows: [[String]] = []

  package init(name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }

  /// Adds a row.
  ///
  /// - Precondition: one value for each column.
  package mutating func append(_ values: any TableValue...) {
    precondition(values.count == columns.count, "\(name): \(values.count) values for \(columns.count) columns")
    rows.append(values.map(\.tableText))
  }

  /// Comma-separated values with a header.
  package var csv: String { CSVText.document(columns, rows) }
}

extension AnalyticTable {
  /// The numbers of a column; NaN for empty fields and words.
  ///
  /// - Precondition: the column exists.
  package func numbers(_ column: String) -> [Double] { texts(column).map { Double($0) ?? .nan } }

  /// The fields of a column.
  ///
  /// - Precondition: the column exists.
  package func texts(_ column: String) -> [String] {
    guard let index = columns.firstIndex(of: column) else { preconditionFailure("\(name) has no column \(column)") }
    return rows.map { $0[index] }
  }
}

/// What a field of a table can be.
package protocol TableValue {
  var tableText: String { get }
}

extension String: TableValue { package var tableText: String { self } }
extension Int: TableValue { package var tableText: String { "\(self)" } }
extension Bool: TableValue { package var tableText: String { self ? "1" : "0" } }

extension Double: TableValue {
  /// Ten significant digits, in the same words everywhere: rounding of the last bits, which differs between mathematical libraries, is
  /// not shown. NaN is an empty field, which plotting leaves out.
  package var tableText: String {
    if isNaN { return "" }
    return self == 0 ? "0" : String(format: "%.10g", self)
  }
}
