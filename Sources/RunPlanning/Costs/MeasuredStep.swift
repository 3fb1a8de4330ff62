import Documents
import Foundation
import Runs
import RunSupport

/// How long a step of a shape took on a machine: a row of `docs/step-times.csv`, and of the file that `make calibrate` writes.
package struct MeasuredStep: Sendable, Equatable {
  /// The processor's name.
  package var processor: String
  /// Vector instructions of the build, and the kernels of BLAS: `AVX-512, SkylakeX`.
  package var code: String
  package var threads: Int
  package var name: String
  package var shape: StepShape
  /// Forward, backward and update.
  package var trainingMilliseconds: Double
  /// Forward alone.
  package var evaluationMilliseconds: Double

  package init(
    processor: String, code: String, threads: Int, name: String, shape: StepShape, trainingMilliseconds: Double,
    evaluationMilliseconds: Double
  ) {
    self.processor = processor
    self.code = code
    self.threads = threads
    self.name = name
    self.shape = shape
    self.trainingMilliseconds = trainingMilliseconds
    self.evaluationMilliseconds = evaluationMilliseconds
  }

  static let header = ["processor", "code", "threads", "shape"] + StepShape.columns + ["ms_training", "ms_evaluation"]

  /// A CSV file of such rows.
  package static func document(_ steps: [MeasuredStep]) -> String { CSVText.document(header, steps.map(\.fields)) }

  var fields: [String] {
    [processor, code, String(threads), name] + shape.fields
      + [trainingMilliseconds, evaluationMilliseconds].map { String(format: "%.2f", $0) }
  }

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for a row that says no time of a shape.
  package static func read(fromFile path: String) throws -> [MeasuredStep] {
    let table = try CSVTable(fromFile: path, fix: "restore it, or measure this machine with make calibrate")
    let shapes = try StepShape.shapes(in: table)
    let places = try header.map(table.index(of:))
    return try table.rows.enumerated().map { index, row in
      let fields = places.map { row[$0] }
      let numbers = try (fields[2...2] + fields.suffix(2)).map { try table.number($0, row: index) ?? 0 }
      guard numbers.allSatisfy({ $0 > 0 && $0.isFinite }), let threads = Int(exactly: numbers[0]) else {
        throw table.badRow(index, why: "threads must be a whole number and times positive ones")
      }
      return MeasuredStep(
        processor: fields[0], code: fields[1], threads: threads, name: fields[3], shape: shapes[index], trainingMilliseconds: numbers[1],
        evaluationMilliseconds: numbers[2])
    }
  }
}
