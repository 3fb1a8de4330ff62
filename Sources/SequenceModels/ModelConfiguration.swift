import StateSpace

/// Everything that shapes a sequence model apart from what the data decide (input kind, classes).
package struct ModelConfiguration: Codable, Sendable, Equatable {
  /// Which of the two reference pipelines the residual block follows.
  package enum Pipeline: String, Codable, Sendable, CaseIterable {
    /// Dropout before and after the activation and on the branch; a last norm when `prenorm`.
    case lightning
    /// One dropout inside the layer and one on whole channels of the branch; never a last norm.
    case script
  }

  package enum Normalization: String, Codable, Sendable, CaseIterable { case layer, batch }

  package enum Pooling: String, Codable, Sendable, CaseIterable {
    /// Mean over the valid positions.
    case mean
    /// The last valid position.
    case last
  }

  package var pipeline: Pipeline
  package var layerCount: Int
  /// H, the number of channels.
  package var modelWidth: Int
  package var normalization: Normalization
  /// Normalise before the layer; else after the residual sum.
  package var prenorm: Bool
  package var dropout: Double
  /// One mask per sample and channel, shared over time.
  package var tiedDropout: Bool
  package var pooling: Pooling
  package var layer: DiagonalLayerConfiguration

  package init(
    pipeline: Pipeline, layerCount: Int, modelWidth: Int, normalization: Normalization, prenorm: Bool, dropout: Double,
    tiedDropout: Bool, pooling: Pooling, layer: DiagonalLayerConfiguration
  ) {
    self.pipeline = pipeline
    self.layerCount = layerCount
    self.modelWidth = modelWidth
    self.normalization = normalization
    self.prenorm = prenorm
    self.dropout = dropout
    self.tiedDropout = tiedDropout
    self.pooling = pooling
    self.layer = layer
  }
}

/// One diagonal state space layer (S4D).
package struct DiagonalLayerConfiguration: Codable, Sendable, Equatable {
  package enum Form: String, Codable, Sendable, CaseIterable {
    /// The stand-alone S4D: own poles per channel, no input weights.
    case minimal
    /// The pipeline's kernel: poles tied over `systemCount` rows, trainable input weights, stored frequency at least 1e-4.
    case full
  }

  package enum TimestepTransform: String, Codable, Sendable, CaseIterable { case log, softplus }

  package var form: Form
  package var initialization: InitialPoles.Name
  /// d_state; half as many complex modes are stored.
  package var stateSize: Int
  /// n_ssm: distinct rows of poles, a divisor of the width; nil means one per channel.
  package var systemCount: Int?
  package var discretization: Discretization
  package var timestepTransform: TimestepTransform
  package var timestepMinimum: Double
  package var timestepMaximum: Double
  package var bidirectional: Bool
  /// Learning rate of poles and input weights (no weight decay).
  package var poleLearningRate: Double
  /// Learning rate of the time step (no weight decay); nil means the global one.
  package var timestepLearningRate: Double?

  /// Stored complex modes per channel.
  package var modeCount: Int { stateSize / 2 }

  package init(
    form: Form, initialization: InitialPoles.Name, stateSize: Int, systemCount: Int? = nil, discretization: Discretization = .zeroOrderHold,
    timestepTransform: TimestepTransform, timestepMinimum: Double, timestepMaximum: Double, bidirectional: Bool,
    poleLearningRate: Double, timestepLearningRate: Double?
  ) {
    self.form = form
    self.initialization = initialization
    self.stateSize = stateSize
    self.systemCount = systemCount
    self.discretization = discretization
    self.timestepTransform = timestepTransform
    self.timestepMinimum = timestepMinimum
    self.timestepMaximum = timestepMaximum
    self.bidirectional = bidirectional
    self.poleLearningRate = poleLearningRate
    self.timestepLearningRate = timestepLearningRate
  }
}
