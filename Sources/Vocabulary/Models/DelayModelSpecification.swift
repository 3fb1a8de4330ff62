/// The sizes and initial values of the model of the delay task.
package struct DelayModelSpecification: Codable, Sendable, Equatable {
  package enum Initialization: String, Codable, Sendable, CaseIterable {
    /// Im λₙ of S4D-Lin, Re λ = 0.
    case linear
    /// Im λₙ of S4D-Inv, Re λ = 0.
    case inverse
    /// λ̄ = exp(−ξ/2 + iΩ) on the even grid of the half plane.
    case dampedFourier
  }

  package var initialization: Initialization
  /// Stored modes of each channel; each stands for a conjugate pair.
  package var modeCount: Int
  /// Systems that read the input side by side.
  package var modelWidth: Int
  /// Δ, or ξ of damped Fourier modes.
  package var timestep: Double
  /// Learning rate of Im λ or Ω; 0 keeps them fixed. Re λ is always fixed.
  package var poleLearningRate: Double
  /// Learning rate of log Δ or log ξ; 0 keeps it fixed.
  package var timestepLearningRate: Double

  package init(
    initialization: Initialization, modeCount: Int, modelWidth: Int = 1, timestep: Double, poleLearningRate: Double,
    timestepLearningRate: Double
  ) {
    self.initialization = initialization
    self.modeCount = modeCount
    self.modelWidth = modelWidth
    self.timestep = timestep
    self.poleLearningRate = poleLearningRate
    self.timestepLearningRate = timestepLearningRate
  }
}
