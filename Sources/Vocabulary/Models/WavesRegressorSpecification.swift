/// The sizes and means of the regressor of waves.
package struct WavesRegressorSpecification: Codable, Sendable, Equatable {
  package var modelWidth: Int
  /// N: modes of each channel.
  package var modeCount: Int
  /// α: factor on the initial Im λ.
  package var frequencyScale: Double
  /// β of the filter; 0 is none.
  package var filterExponent: Double
  package var filterWeighting: FilterWeighting
  /// Learning rate of log(−Re λ); no weight decay.
  package var decayLearningRate: Double
  /// Learning rate of Im λ; no weight decay.
  package var frequencyLearningRate: Double

  package init(
    modelWidth: Int, modeCount: Int, frequencyScale: Double, filterExponent: Double, filterWeighting: FilterWeighting,
    decayLearningRate: Double, frequencyLearningRate: Double
  ) {
    self.modelWidth = modelWidth
    self.modeCount = modeCount
    self.frequencyScale = frequencyScale
    self.filterExponent = filterExponent
    self.filterWeighting = filterWeighting
    self.decayLearningRate = decayLearningRate
    self.frequencyLearningRate = frequencyLearningRate
  }
}
