import SequenceModels

/// How a model is trained.
package struct TrainingConfiguration: Encodable, Sendable, Equatable {
  package var batchSize: Int
  /// Equal parts into which our own engine cuts each batch, whose gradients are summed one by one: so many processes or fewer can share a
  /// run and give the same bits. Nil leaves the cut to the model, and the run to one process. A device takes the whole batch.
  package var shards: Int?
  /// Batches of tokens, in training and evaluation, are padded to the smallest multiple of so many steps that holds their longest
  /// sequence, at most the data's length; nil is the longest sequence itself, as in the reference code.
  package var paddingMultiple: Int?
  package var epochs: Int
  package var optimizer: OptimizerConfiguration
  package var schedule: Schedule
  /// Through which the model is trained, chosen and tested; nil is the whole model.
  package var probe: Probe?
  /// Further evaluations of the test split at the chosen epoch.
  package var probes: [TestProbe]?

  package init(
    batchSize: Int, shards: Int? = nil, paddingMultiple: Int? = nil, epochs: Int, optimizer: OptimizerConfiguration, schedule: Schedule,
    probe: Probe? = nil,
    probes: [TestProbe]? = nil
  ) {
    self.batchSize = batchSize
    self.shards = shards
    self.paddingMultiple = paddingMultiple
    self.epochs = epochs
    self.optimizer = optimizer
    self.schedule = schedule
    self.probe = probe
    self.probes = probes
  }
}

/// AdamW; arrays with a rate of their own are named by the model's specification.
package struct OptimizerConfiguration: Encodable, Sendable, Equatable {
  package var learningRate: Double
  package var weightDecay: Double
  /// Whether biases, norm scales and embeddings decay too (the forks' behaviour) or not (the S4 repository's).
  package var decaysBiasesAndNorms: Bool
  /// β₂, how much of the second moment a step keeps; nil is the usual 0.999.
  package var secondMomentDecay: Double?

  package init(learningRate: Double, weightDecay: Double, decaysBiasesAndNorms: Bool, secondMomentDecay: Double? = nil) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.decaysBiasesAndNorms = decaysBiasesAndNorms
    self.secondMomentDecay = secondMomentDecay
  }
}
