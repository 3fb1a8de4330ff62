/// What one epoch reached.
package struct EpochMetrics: Codable, Sendable, Equatable {
  /// From 1.
  package var epoch: Int
  /// Optimiser steps done.
  package var step: Int
  /// Global learning rate of the epoch's last step.
  package var learningRate: Double
  package var train: MetricSums
  package var validation: MetricSums
  /// On the test split, where `Trainer.watchesTest` asks for it; it decides nothing.
  package var test: MetricSums? = nil
  /// Wall time since training began, interruptions not counted.
  package var seconds: Double
  /// What `Trainer.notes` gave at the end of the epoch; nil if it was not asked.
  package var notes: [Float]? = nil
}
