/// Diagonal systems with poles in continuous time: S4D, and TFB with its two means.
package struct DiagonalLayerSpecification: Encodable, Sendable, Equatable {
  package enum Form: String, Codable, Sendable, CaseIterable {
    /// The stand-alone S4D: own poles per channel, no input weights.
    case minimal
    /// The pipeline's kernel: poles tied over `systemCount` rows, trainable input weights, stored frequency at least 1e-4.
    case full
    /// TFB's layer: as `full`, but without input weights, and `stateSize` modes are stored instead of half as many.
    case tuned
  }

  package var form: Form
  package var initialization: PoleInitialization
  /// α: the initial frequencies are those of the initialisation times this (TFB); nil means 1.
  package var frequencyScale: Double?
  /// d_state; half as many complex modes are stored, in the form `tuned` all.
  package var stateSize: Int
  /// n_ssm: distinct rows of poles, a divisor of the width; nil means one per channel.
  package var systemCount: Int?
  package var discretization: Discretization
  package var timestepTransform: TimestepTransform
  package var timestepMinimum: Double
  package var timestepMaximum: Double
  package var bidirectional: Bool
  /// Learning rate of poles and input weights.
  package var poleLearningRate: Double
  /// Weight decay of poles and input weights; nil means none.
  package var poleWeightDecay: Double?
  /// Learning rate of the time step (no weight decay); nil means the global one.
  package var timestepLearningRate: Double?
  /// Learning rate of C, whose weight decay is the global one as in the S4 reference; nil means the global rate. Where a configuration of
  /// the reference gives a layer one rate, its present code applies it to C too; that of the papers' time left C in the general group.
  package var outputWeightsLearningRate: Double?
  /// TFB's filter of the transfer function; nil is none.
  package var filter: SobolevFilterSpecification?

  /// Stored complex modes per channel.
  package var modeCount: Int { form == .tuned ? stateSize : stateSize / 2 }

  package init(
    form: Form, initialization: PoleInitialization, frequencyScale: Double? = nil, stateSize: Int, systemCount: Int? = nil,
    discretization: Discretization = .zeroOrderHold, timestepTransform: TimestepTransform, timestepMinimum: Double,
    timestepMaximum: Double, bidirectional: Bool, poleLearningRate: Double, poleWeightDecay: Double? = nil,
    timestepLearningRate: Double?, outputWeightsLearningRate: Double? = nil, filter: SobolevFilterSpecification? = nil
  ) {
    self.form = form
    self.initialization = initialization
    self.frequencyScale = frequencyScale
    self.stateSize = stateSize
    self.systemCount = systemCount
    self.discretization = discretization
    self.timestepTransform = timestepTransform
    self.timestepMinimum = timestepMinimum
    self.timestepMaximum = timestepMaximum
    self.bidirectional = bidirectional
    self.poleLearningRate = poleLearningRate
    self.poleWeightDecay = poleWeightDecay
    self.timestepLearningRate = timestepLearningRate
    self.outputWeightsLearningRate = outputWeightsLearningRate
    self.filter = filter
  }
}
