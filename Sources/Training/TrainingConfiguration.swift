/// How a model is trained.
package struct TrainingConfiguration: Codable, Sendable, Equatable {
  package var batchSize: Int
  package var epochs: Int
  package var optimizer: OptimizerConfiguration
  package var schedule: Schedule

  package init(batchSize: Int, epochs: Int, optimizer: OptimizerConfiguration, schedule: Schedule) {
    self.batchSize = batchSize
    self.epochs = epochs
    self.optimizer = optimizer
    self.schedule = schedule
  }
}

/// AdamW; parameters with their own rate are named by the model.
package struct OptimizerConfiguration: Codable, Sendable, Equatable {
  package var learningRate: Double
  package var weightDecay: Double
  /// Whether biases, norm scales and embeddings decay too (the forks' behaviour) or not (the S4 repository's).
  package var decaysBiasesAndNorms: Bool

  package init(learningRate: Double, weightDecay: Double, decaysBiasesAndNorms: Bool) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.decaysBiasesAndNorms = decaysBiasesAndNorms
  }
}
