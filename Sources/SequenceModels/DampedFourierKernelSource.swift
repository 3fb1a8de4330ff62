import Arrays
import Foundation
import Operations
import StateSpace

/// Kernels of DFouT: K[l] = factor·Re Σ C·B̄·λ̄^l with λ̄ = exp(−ξ/2 + iΩ), ξ one per channel, Ω one per channel and mode.
///
/// - Source: DFouT (2025), Section 4.2; where the text is silent, log ξ and Ω are trained as S4D's Δ and poles are.
struct DampedFourierKernelSource: KernelSource {
  private let damping: Parameter
  private let angles: Parameter
  private let outputWeights: Parameter
  private let options: DiagonalKernel.Options

  init(
    _ name: String, _ configuration: DampedFourierLayerConfiguration, modelWidth: Int, initializer: inout ParameterInitializer
  ) {
    let modeCount = configuration.modeCount
    angles = Parameter(
      "\(name).angles", .stateSpace(learningRate: configuration.poleLearningRate),
      value: Tensor(
        [modelWidth, modeCount],
        values: configuration.initialAngles(modelWidth: modelWidth, initializer: &initializer).flatMap { $0 }.map { Float($0) }))
    outputWeights = Parameter(
      "\(name).C", .general,
      value: initializer.normal([configuration.bidirectional ? 2 : 1, modelWidth, modeCount, 2], deviation: 0.5.squareRoot()))
    damping = Parameter(
      "\(name).log_xi", .stateSpace(learningRate: configuration.dampingLearningRate),
      value: initializer.logUniform(
        modelWidth, minimum: configuration.dampingMinimum, maximum: configuration.dampingMaximum, stored: .log))
    options = DiagonalKernel.Options(
      poles: .dampedFourier(hasUnitInput: configuration.inputFactor == .unit), outputFactor: configuration.plane.outputFactor)
  }

  let copies = 1
  let boundary = LongConvolution.Boundary.zeros

  var parameters: [Parameter] { [damping, angles, outputWeights] }

  func kernel(length: Int, samplingRate: Int) -> Tensor {
    DiagonalKernel.forward(arrays(\.value), length: length, options: options.at(samplingRate))
  }

  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int) {
    DiagonalKernel.backward(
      kernelGradient: kernelGradient, arrays(\.value), options: options.at(samplingRate), gradients: arrays(\.gradient))
  }

  private func arrays(_ part: KeyPath<Parameter, Tensor>) -> DiagonalKernel.Parameters {
    DiagonalKernel.Parameters(
      timestep: damping[keyPath: part], decay: nil, frequency: angles[keyPath: part], outputWeights: outputWeights[keyPath: part])
  }
}

extension DampedFourierLayerConfiguration {
  /// Ω in radians a step, shape [H][modeCount].
  func initialAngles(modelWidth: Int, initializer: inout ParameterInitializer) -> [[Double]] {
    if let angles = FourierAngles.layer(angles, plane: plane, stateSize: stateSize, width: modelWidth) { return angles }
    let values = initializer.uniform([modelWidth, modeCount], bound: .pi).downloaded().values()
    return stride(from: 0, to: values.count, by: modeCount).map { row in values[row..<row + modeCount].map { .pi + Double($0) } }
  }
}
