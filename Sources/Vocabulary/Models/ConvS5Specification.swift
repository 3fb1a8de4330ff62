/// The sizes and starting values of ConvS5, which predicts the next frame of a video.
///
/// - Source: Smith et al., "Convolutional State Space Models for Long-Range Spatiotemporal Modeling", 2023; α and β are ours to insert.
package struct ConvS5Specification: Codable, Sendable, Equatable {
  /// Channels of the encoder's blocks; in front of each but the first, squares of 2×2 pixels become one. The decoder mirrors them.
  package var encoderWidths: [Int]
  /// D: channels of the layers' input and output.
  package var modelWidth: Int
  package var layerCount: Int
  /// P: stored modes of a layer; each stands for a conjugate pair.
  package var modeCount: Int
  /// Groups of channels that a group norm takes together.
  package var groupCount: Int
  /// α: factor on the initial Im λ.
  package var frequencyScale: Double
  /// β of the weight on C, (1 + |arg λ̄|/2π)^β; 0 is none.
  package var filterExponent: Double
  /// Least initial Δ.
  package var timestepMinimum: Double
  /// Largest initial Δ.
  package var timestepMaximum: Double

  package init(
    encoderWidths: [Int], modelWidth: Int, layerCount: Int, modeCount: Int, groupCount: Int, frequencyScale: Double = 1,
    filterExponent: Double = 0, timestepMinimum: Double = 0.001, timestepMaximum: Double = 0.1
  ) {
    self.encoderWidths = encoderWidths
    self.modelWidth = modelWidth
    self.layerCount = layerCount
    self.modeCount = modeCount
    self.groupCount = groupCount
    self.frequencyScale = frequencyScale
    self.filterExponent = filterExponent
    self.timestepMinimum = timestepMinimum
    self.timestepMaximum = timestepMaximum
  }

  /// Pixels of the input for one of the layers' feature maps, along each axis.
  package var reduction: Int { 1 << (encoderWidths.count - 1) }
}
