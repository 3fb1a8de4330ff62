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

  static let header = [
    "processor", "code", "threads", "shape", "kind", "norm", "batch", "length", "width", "outputs", "layers", "points", "terms",
    "ms_training", "ms_evaluation",
  ]

  /// A CSV file of such rows.
  package static func document(_ steps: [MeasuredStep]) -> String { CSVText.document(header, steps.map(\.fields)) }

  var fields: [String] {
    let sizes = [shape.batchSize, shape.length, shape.width, shape.outputs, shape.layers, shape.points, shape.terms]
    return [processor, code, String(threads), name, shape.kind.rawValue, shape.hasBatchNorm ? "batch" : "layer"] + sizes.map(String.init)
      + [trainingMilliseconds, evaluationMilliseconds].map { String(format: "%.2f", $0) }
  }

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for a row that says no time of a shape.
  package static func read(fromFile path: String) throws -> [MeasuredStep] {
    let table = try CSVTable(fromFile: path, fix: "restore it, or measure this machine with make calibrate")
    let places = try header.map(table.index(of:))
    return try table.rows.enumerated().map { index, row in
      let fields = places.map { row[$0] }
      let numbers = try (fields[2...2] + fields[6...]).map { try table.number($0, row: index) ?? 0 }
      guard let kind = StepShape.Kind(rawValue: fields[4]) else { throw table.badRow(index, why: "`\(fields[4])` is no kind of layer") }
      guard numbers.allSatisfy({ $0 > 0 && $0.isFinite }), let sizes = Self.integers(numbers.dropLast(2)) else {
        throw table.badRow(index, why: "sizes must be whole numbers and times positive ones")
      }
      let shape = StepShape(
        kind: kind, hasBatchNorm: fields[5] == "batch", batchSize: sizes[1], length: sizes[2], width: sizes[3], outputs: sizes[4],
        layers: sizes[5], points: sizes[6], terms: sizes[7])
      return MeasuredStep(
        processor: fields[0], code: fields[1], threads: sizes[0], name: fields[3], shape: shape,
        trainingMilliseconds: numbers[numbers.count - 2], evaluationMilliseconds: numbers[numbers.count - 1])
    }
  }

  private static func integers(_ numbers: some Sequence<Double>) -> [Int]? {
    numbers.reduce([] as [Int]?) { list, number in list.flatMap { list in Int(exactly: number).map { list + [$0] } } }
  }
}
