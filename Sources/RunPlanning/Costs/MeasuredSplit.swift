import Documents
import Foundation
import Runs
import RunSupport

/// How many steps several runs at once made on a machine, each with some threads: a row of the file that `make calibrate` writes.
package struct MeasuredSplit: Sendable, Equatable {
  /// The processor's name.
  package var processor: String
  /// As that of `MeasuredStep`.
  package var code: String
  /// Of the machine, as far as this project may use them.
  package var cores: Int
  package var split: RunSplit
  /// The shape's name.
  package var shape: String
  /// Training steps of all runs together.
  package var stepsPerSecond: Double

  package init(processor: String, code: String, cores: Int, split: RunSplit, shape: String, stepsPerSecond: Double) {
    (self.processor, self.code, self.cores) = (processor, code, cores)
    (self.split, self.shape, self.stepsPerSecond) = (split, shape, stepsPerSecond)
  }

  /// Whether both are of one machine, code and number of cores.
  package func isComparable(to other: MeasuredSplit) -> Bool { (processor, code, cores) == (other.processor, other.code, other.cores) }

  private static let header = ["processor", "code", "cores", "runs", "threads", "shape", "steps_per_second"]

  /// A CSV file of such rows.
  package static func document(_ rows: [MeasuredSplit]) -> String {
    CSVText.document(
      header,
      rows.map { row in
        [row.processor, row.code] + [row.cores, row.split.runs, row.split.threads].map(String.init)
          + [row.shape, String(format: "%.3f", row.stepsPerSecond)]
      })
  }

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for a row that says no rate of a split.
  package static func read(fromFile path: String) throws -> [MeasuredSplit] {
    let table = try CSVTable(fromFile: path, fix: "measure this machine again with make calibrate")
    let places = try header.map(table.index(of:))
    return try table.rows.enumerated().map { index, row in
      let fields = places.map { row[$0] }
      let counts = fields[2...4].compactMap { Int($0) }.filter { $0 > 0 }
      guard counts.count == 3, let rate = try table.number(fields[6], row: index), rate > 0, rate.isFinite else {
        throw table.badRow(index, why: "cores, runs and threads must be whole numbers above 0, and the rate a positive one")
      }
      return MeasuredSplit(
        processor: fields[0], code: fields[1], cores: counts[0], split: RunSplit(runs: counts[1], threads: counts[2]), shape: fields[5],
        stepsPerSecond: rate)
    }
  }
}
