import Documents
import RunSupport

/// A training configuration that a paper or released code reports: a row of the list of reported configurations.
package struct ReportedConfiguration: Sendable {
  /// `tfb-lra-text`.
  package let name: String
  /// `paper` for what a text says, `code` for what a released file says.
  package let variant: String
  /// Ids of the experiments that run it, `*` for anything; none where there is no such model.
  package let patterns: [String]
  package let remark: String
  /// Only what is reported.
  package let values: [ReportedQuantity: String]

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for a row or a column that does not fit.
  package static func all(fromFile path: String) throws -> [ReportedConfiguration] {
    let table = try CSVTable(fromFile: path, fix: "restore it from the repository")
    let columns = try ["configuration", "variant", "experiments", "remark"].map(table.index(of:))
    let quantities = try ReportedQuantity.allCases.map { ($0, try table.index(of: $0.rawValue)) }
    return table.rows.map { row in
      let fields = columns.map { row[$0] }
      let values = quantities.compactMap { row[$1].isEmpty ? nil : ($0, row[$1]) }
      return ReportedConfiguration(
        name: fields[0], variant: fields[1], patterns: fields[2].split(separator: " ").map(String.init), remark: fields[3],
        values: Dictionary(uniqueKeysWithValues: values))
    }
  }
}

/// Ids with `*` for anything.
enum ExperimentPattern {
  static func matches(_ id: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return id == pattern }
    guard id.hasPrefix(first), id.hasSuffix(last), id.count >= first.count + last.count else { return false }
    var rest = id.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
