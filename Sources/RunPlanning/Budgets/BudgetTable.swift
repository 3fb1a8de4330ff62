import Accelerators
import Catalogue
import Documents
import Foundation
import RunSupport
import Runs

/// The budgets of many steps, each program compiled once: `docs/accelerator-budget.csv`.
package struct BudgetTable: Sendable {
  package private(set) var rows: [DeviceBudget] = []

  package init() {}

  package mutating func append(_ other: BudgetTable) { rows += other.rows }

  /// Adds a step: its name to the row of its program, or a new row.
  ///
  /// - Parameters:
  ///   - code: how rows are compiled now.
  ///   - earlier: rows of an earlier call, taken where program and code are the same.
  ///   - make: compiles the step.
  /// - Returns: the new row; nil if there was one.
  package mutating func add(_ step: PlannedStep, code: String, earlier: BudgetTable, _ make: () throws -> DeviceBudget) rethrows
    -> DeviceBudget?
  {
    if let place = rows.firstIndex(where: { $0.program == step.program }) {
      rows[place].configurations.append(step.name)
      return nil
    }
    var row = try earlier.rows.first { $0.program == step.program && $0.step.code == code } ?? make()
    row.configurations = [step.name]
    rows.append(row)
    return row
  }

  private static let header = ["memory_gib", "kernels", "gigabytes", "gflop_products", "program", "configurations"]

  /// The table as CSV: what `MeasuredStep` has, so that plans can read it, then the rest.
  package var text: String {
    CSVText.document(
      MeasuredStep.header + Self.header,
      rows.map { row in
        row.step.fields
          + [
            String(format: "%.3f", row.memoryBytes / 0x1p30), String(row.kernelCount), String(format: "%.3f", row.bytes / 1e9),
            String(format: "%.1f", row.products / 1e9), row.program, row.configurations.joined(separator: " "),
          ]
      })
  }

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for a row that is none of these.
  package init(fromFile path: String) throws {
    let steps = try MeasuredStep.read(fromFile: path)
    let table = try CSVTable(fromFile: path, fix: "restore it, or make it again with make accelerator-budget")
    let places = try Self.header.map(table.index(of:))
    rows = try zip(steps, table.rows).enumerated().map { index, pair in
      let (step, row) = pair
      let numbers = try places.prefix(4).map { try table.number(row[$0], row: index) ?? 0 }
      return DeviceBudget(
        step: step, program: row[places[4]], memoryBytes: numbers[0] * 0x1p30, kernelCount: Int(numbers[1]), bytes: numbers[2] * 1e9,
        products: numbers[3] * 1e9, configurations: row[places[5]].split(separator: " ").map(String.init))
    }
  }
}
