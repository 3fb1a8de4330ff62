import Runs
import Vocabulary

/// What one epoch of a finished run reached, from its `metrics.csv`.
package struct EpochValues: Encodable, Sendable, Equatable {
  /// From 1.
  package let epoch: Int
  /// Optimiser steps done.
  package let step: Int
  /// Of the epoch's last step.
  package let learningRate: Double?
  package let trainLoss: Double?
  /// The run's metric.
  package let trainValue: Double?
  package let validationLoss: Double?
  package let validationValue: Double?
  /// Since training began, interruptions not counted.
  package let seconds: Double?

  /// The epochs of a run; nil if it has no such table. Numbers that are not finite are none.
  ///
  /// - Throws: `StageError` (`badData`) for a missing column or a field that is no number.
  package static func read(_ run: FinishedRun) throws -> [EpochValues]? {
    try run.rows(EpochColumn.all(run.summary.metric))?.compactMap { row in
      let numbers = row.map { $0.flatMap { $0.isFinite ? $0 : nil } }
      guard let epoch = numbers[0].flatMap(Int.init(exactly:)), let step = numbers[1].flatMap(Int.init(exactly:)) else { return nil }
      return EpochValues(
        epoch: epoch, step: step, learningRate: numbers[2], trainLoss: numbers[3], trainValue: numbers[4], validationLoss: numbers[5],
        validationValue: numbers[6], seconds: numbers[7])
    }
  }
}
