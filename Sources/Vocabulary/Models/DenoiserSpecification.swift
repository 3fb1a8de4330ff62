/// The sizes and means of the denoiser.
package struct DenoiserSpecification: Codable, Sendable, Equatable {
  /// N: modes of each channel.
  package var modeCount: Int
  /// Distance of the frequencies: Im λₙ = n times this, in radians a second.
  package var frequencyStep: Double
  /// β of the filter; 0 is none.
  package var filterExponent: Double
  package var filterWeighting: FilterWeighting

  package init(modeCount: Int, frequencyStep: Double, filterExponent: Double, filterWeighting: FilterWeighting) {
    self.modeCount = modeCount
    self.frequencyStep = frequencyStep
    self.filterExponent = filterExponent
    self.filterWeighting = filterWeighting
  }
}
