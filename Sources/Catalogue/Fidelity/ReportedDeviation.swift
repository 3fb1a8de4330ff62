import Documents
import RunSupport

/// Why experiments differ from what is reported in one value: a row of the list of deviations.
package struct ReportedDeviation: Sendable {
  package let patterns: [String]
  package let quantity: ReportedQuantity
  /// The number of a decision in `docs/decisions.md`.
  package let decision: Int
  package let reason: String

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for an unknown quantity or a number that is none.
  package static func all(fromFile path: String) throws -> [ReportedDeviation] {
    let table = try CSVTable(fromFile: path, fix: "restore it from the repository")
    let columns = try ["experiments", "quantity", "decision", "reason"].map(table.index(of:))
    return try table.rows.enumerated().map { index, row in
      let fields = columns.map { row[$0] }
      guard let quantity = ReportedQuantity(rawValue: fields[1]) else {
        throw table.badRow(index, why: "no quantity is called \(fields[1])")
      }
      guard let decision = Int(fields[2]), decision > 0 else { throw table.badRow(index, why: "`\(fields[2])` is no number of a decision") }
      return ReportedDeviation(
        patterns: fields[0].split(separator: " ").map(String.init), quantity: quantity, decision: decision, reason: fields[3])
    }
  }

  func covers(_ id: String, _ quantity: ReportedQuantity) -> Bool {
    quantity == self.quantity && patterns.contains { ExperimentPattern.matches(id, $0) }
  }
}
