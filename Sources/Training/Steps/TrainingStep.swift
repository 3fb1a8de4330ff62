import Datasets

/// What does the optimiser steps of a training, one after the other, wherever they are computed.
package protocol TrainingStep: AnyObject {
  /// Trains on one batch.
  ///
  /// - Parameters:
  ///   - factor: of every learning rate.
  ///   - state: its dropout stream moves on, and what the metric reads is added to its sums, at once or by `synchronize`.
  /// - Returns: the mean loss of the batch before the step, or of the batch before where this one's is not known yet.
  /// - Throws: `DivergedLoss` if a loss is no finite number.
  func run(_ batch: Batch, factor: Double, state: inout TrainingState) throws -> Double

  /// What the model says after the steps so far.
  var answers: any BatchAnswers { get }

  /// Waits for all steps; model, optimiser and sums are then what they have left.
  func synchronize(_ state: inout TrainingState) throws
}

/// A loss that is no finite number.
struct DivergedLoss: Error {
  let loss: Double
}
