import Arrays

/// Where a training is: everything but arrays that the next step depends on.
package struct TrainingState: Codable, Sendable, Equatable {
  /// Epochs finished.
  package var epoch = 0
  /// Batches of the current epoch already used.
  package var batchesDone = 0
  /// Optimiser steps done.
  package var step = 0
  package var dropout: RandomStream
  /// Sums of the current epoch's batches so far.
  package var epochSums = MetricSums()
  package var history: [EpochMetrics] = []
  package var best: Best?
  /// Wall time of all sittings so far.
  package var seconds = 0.0

  package struct Best: Codable, Sendable, Equatable {
    /// From 1.
    package var epoch: Int
    package var validation: MetricSums
    /// File with that epoch's weights, in the checkpoint folder.
    package var weights: String

    package init(epoch: Int, validation: MetricSums, weights: String) {
      self.epoch = epoch
      self.validation = validation
      self.weights = weights
    }
  }

  package init(seed: UInt64) { dropout = RandomStream(seed: seed, purpose: .dropout) }
}
