/// Discrete diagonal systems on damped Fourier modes: λ̄ = exp(−ξ/2 + iΩ).
///
/// - Source: DFouT (2025), Sections 3.3, 4.2, 4.3 and Appendix C.6.
package struct DampedFourierLayerSpecification: Encodable, Sendable, Equatable {
  package var angles: FourierArrangement
  package var plane: FourierPlane
  package var inputFactor: FourierInputFactor
  /// `true` where B, complex and 1 at the start, is trained as S4D trains its own: with the rate of the angles, without weight decay.
  /// nil where it stays 1; configurations are silent then, as those of earlier runs are.
  package private(set) var trainsInputWeights: Bool?
  /// d_state.
  package var stateSize: Int
  package var dampingMinimum: Double
  package var dampingMaximum: Double
  package var bidirectional: Bool
  /// Learning rate of the angles, and of B where it is trained (no weight decay).
  package var poleLearningRate: Double
  /// Learning rate of log ξ (no weight decay).
  package var dampingLearningRate: Double
  /// Learning rate of C, as in `DiagonalLayerSpecification`: its weight decay is the global one, and nil means the global rate.
  package var outputWeightsLearningRate: Double?

  /// Stored complex modes per channel.
  package var modeCount: Int { plane.modeCount(stateSize: stateSize) }

  package init(
    angles: FourierArrangement, plane: FourierPlane = .half, inputFactor: FourierInputFactor = .zeroOrderHold,
    trainsInputWeights: Bool = false, stateSize: Int,
    dampingMinimum: Double, dampingMaximum: Double, bidirectional: Bool, poleLearningRate: Double, dampingLearningRate: Double,
    outputWeightsLearningRate: Double? = nil
  ) {
    self.angles = angles
    self.plane = plane
    self.inputFactor = inputFactor
    self.trainsInputWeights = trainsInputWeights ? true : nil
    self.stateSize = stateSize
    self.dampingMinimum = dampingMinimum
    self.dampingMaximum = dampingMaximum
    self.bidirectional = bidirectional
    self.poleLearningRate = poleLearningRate
    self.dampingLearningRate = dampingLearningRate
    self.outputWeightsLearningRate = outputWeightsLearningRate
  }
}
