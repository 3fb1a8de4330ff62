import Documents
import Foundation
import RunSupport
import Training
import Vocabulary

/// What training steps need of a GPU's memory, by programs that were compiled for one: `docs/accelerator-budget.csv`.
package struct DeviceMemory: Sendable {
  private let rows: [(shape: StepShape, bytes: Double)]

  /// - Throws: `StageError`: `missingInput` without the file, `badData` for a row that says no memory of a shape.
  package init(fromFile path: String) throws {
    let table = try CSVTable(fromFile: path, fix: "restore it, or make it again with make accelerator-budget")
    let column = try table.index(of: "memory_gib")
    rows = try zip(StepShape.shapes(in: table), table.rows).enumerated().map { index, pair in
      guard let amount = try table.number(pair.1[column], row: index), amount > 0, amount < 1e6 else {
        throw table.badRow(index, why: "memory must be a positive number")
      }
      return (pair.0, amount * 0x1p30)
    }
  }

  /// Bytes that are enough for a step: those of the step that needs least of all that are nowhere smaller; nil where all are smaller somewhere.
  ///
  /// Steps of one shape that differ, such as in their dropout, count with the one that needs most.
  package func bytes(_ step: StepShape) -> Double? {
    let larger = rows.filter { row in
      row.shape.kind == step.kind && row.shape.hasBatchNorm == step.hasBatchNorm
        && zip(row.shape.sizes, step.sizes).allSatisfy { $0 >= $1 }
    }
    return Dictionary(grouping: larger, by: \.shape).values.compactMap { rows in rows.map(\.bytes).max() }.min()
  }
}

extension RunInputs {
  /// What the device reserves for a training, beyond what its largest program was planned to need: room for its other programs and for the
  /// work space of the library's transforms.
  private static let margin = 1.5

  /// Bytes of a GPU's memory that a training, or an evaluation, will do with; nil where nothing is known.
  ///
  /// - Parameter table: of `DeviceMemory`; it need not be there.
  /// - Throws: `StageError` (`badData`) for a damaged table.
  package func deviceMemory(table: String = "docs/accelerator-budget.csv") throws -> Int? {
    // Videos are gone on with beyond the frames of a step.
    guard configuration.data.video == nil, FileManager.default.fileExists(atPath: table) else { return nil }
    let samples = data.description
    let step = StepShape(
      configuration.model, batchSize: configuration.training.batchSize,
      sequenceLength: samples.sequenceLength.steps(keepingEvery: probe.samplingRate), documentCount: samples.documentCount,
      input: samples.input, layerCount: probe.layerCount)
    return try DeviceMemory(fromFile: table).bytes(step).map { Int(Self.margin * $0) }
  }
}
