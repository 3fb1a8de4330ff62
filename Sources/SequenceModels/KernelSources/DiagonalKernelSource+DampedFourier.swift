import Foundation
import Operations
import StateSpace
import Vocabulary

extension DiagonalKernelSource {
  /// The systems of DFouT with their initial values: K[l] = factor·Re Σ C·B̄·λ̄^l with λ̄ = exp(−ξ/2 + iΩ), ξ one per channel, Ω one per
  /// channel and mode.
  ///
  /// - Source: DFouT (2025), Sections 3.3 and 4.2; where the text is silent, log ξ, Ω and B are trained as S4D's Δ, poles and B are.
  init(
    _ name: String, _ configuration: DampedFourierLayerSpecification, modelWidth: Int, initializer: inout ParameterInitializer
  ) {
    let modeCount = configuration.modeCount
    decay = nil
    inputWeights =
      configuration.trainsInputWeights == true
      ? Parameter(
        "\(name).B", .inputWeights,
        value: Tensor([modelWidth, modeCount, 2], values: (0..<modelWidth * modeCount).flatMap { _ in [1, 0] }))
      : nil
    frequency = Parameter(
      "\(name).angles", .frequency,
      value: Tensor(
        [modelWidth, modeCount],
        values: configuration.initialAngles(modelWidth: modelWidth, initializer: &initializer).flatMap { $0 }.map { Float($0) }))
    outputWeights = Parameter(
      "\(name).C", .outputWeights,
      value: initializer.normal([configuration.bidirectional ? 2 : 1, modelWidth, modeCount, 2], deviation: 0.5.squareRoot()))
    timestep = Parameter(
      "\(name).log_xi", .timestep,
      value: initializer.logUniform(
        modelWidth, minimum: configuration.dampingMinimum, maximum: configuration.dampingMaximum, stored: .log))
    options = DiagonalKernel.Options(
      poles: .dampedFourier(hasUnitInput: configuration.inputFactor == .unit), outputFactor: configuration.plane.outputFactor)
  }
}

extension DampedFourierLayerSpecification {
  /// Ω in radians a step, shape [H][modeCount].
  func initialAngles(modelWidth: Int, initializer: inout ParameterInitializer) -> [[Double]] {
    if let angles = FourierAngles.layer(angles, plane: plane, stateSize: stateSize, width: modelWidth) { return angles }
    let values = initializer.uniform([modelWidth, modeCount], bound: .pi).downloaded().values()
    return stride(from: 0, to: values.count, by: modeCount).map { row in values[row..<row + modeCount].map { .pi + Double($0) } }
  }
}
