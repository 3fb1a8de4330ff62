/// Systems given by their Markov parameters h and a time step; circular convolution.
///
/// - Source: HOPE (Yu et al., 2025), Algorithm 1, and its released code.
package struct HankelLayerSpecification: Encodable, Sendable, Equatable {
  package enum Directions: String, Codable, Sendable, CaseIterable {
    /// One system per channel.
    case forward
    /// A second set of (h, Δ, D) runs over the reversed sequence; the outputs are concatenated to 2H channels.
    case both
    /// The released form: two systems per channel fill the two halves of one spectrum. Even lengths only.
    case halfSpectra
    /// The released form for text: the same over the sequence followed by its reversal, whose halves then become 2H channels.
    case halfSpectraOfCopy

    /// Two rows of parameters fill the halves of one spectrum and are no systems by themselves.
    package var hasHalfSpectra: Bool { self == .halfSpectra || self == .halfSpectraOfCopy }
  }

  package var directions: Directions
  /// n.
  package var markovCount: Int
  /// Rows of h in each direction that the channels share, a divisor of the width; nil means one per channel.
  package var systemCount: Int?
  /// Deviation of the initial complex normal h; nil means 1/(2√(2n)).
  package var markovDeviation: Double?
  package var timestepTransform: TimestepTransform
  package var timestepMinimum: Double
  package var timestepMaximum: Double
  /// Learning rate of h; nil means the global one, 0 never trains it.
  package var markovLearningRate: Double?
  /// Weight decay of h.
  package var markovWeightDecay: Double
  /// Learning rate of the time step (no weight decay); nil means the global one, 0 never trains it.
  package var timestepLearningRate: Double?

  package init(
    directions: Directions, markovCount: Int, systemCount: Int? = nil, markovDeviation: Double? = nil,
    timestepTransform: TimestepTransform, timestepMinimum: Double, timestepMaximum: Double, markovLearningRate: Double?,
    markovWeightDecay: Double = 0, timestepLearningRate: Double?
  ) {
    self.directions = directions
    self.markovCount = markovCount
    self.systemCount = systemCount
    self.markovDeviation = markovDeviation
    self.timestepTransform = timestepTransform
    self.timestepMinimum = timestepMinimum
    self.timestepMaximum = timestepMaximum
    self.markovLearningRate = markovLearningRate
    self.markovWeightDecay = markovWeightDecay
    self.timestepLearningRate = timestepLearningRate
  }
}
