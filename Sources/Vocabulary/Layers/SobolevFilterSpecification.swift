/// TFB's Sobolev filter (1 + |frequency|)^β with one β per channel.
package struct SobolevFilterSpecification: Encodable, Sendable, Equatable {
  package var weighting: FilterWeighting
  /// Initial β of all channels.
  package var exponent: Double
  /// Learning rate of β, without weight decay; 0 keeps it fixed.
  package var learningRate: Double

  package init(weighting: FilterWeighting, exponent: Double, learningRate: Double) {
    self.weighting = weighting
    self.exponent = exponent
    self.learningRate = learningRate
  }
}
