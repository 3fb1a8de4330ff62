import Arrays
import Operations
import StateSpace
import Vocabulary

/// The sizes and initial values of `DelayModel`.
package struct DelayModelConfiguration: Codable, Sendable, Equatable {
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
  /// Of Im λ or Ω; 0 keeps them fixed. Re λ is always fixed.
  package var poleLearningRate: Double
  /// Of log Δ or log ξ; 0 keeps it fixed.
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

/// One bank of systems and a linear map at each step: [B, 1, L] → convolution with H kernels + D·u → linear H → 1 → [B, 1, L].
///
/// - Source: DFouT (2025), Section 5.1 and Figure 4.
package final class DelayModel: SequenceModel {
  package let parameters: [Parameter]
  package let buffers: [ModelBuffer] = []

  /// log(−Re λ) of poles on the imaginary axis: a finite number that changes no power of λ̄.
  private static let axisDecay = -60.0

  private let source: any KernelSource
  private let skip: Parameter
  private let decoder: LinearMap

  package struct Cache {
    let input: Tensor
    let kernel: Tensor
    let convolved: Tensor
  }

  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed.
  package init(_ configuration: DelayModelConfiguration, outputCount: Int, seed: UInt64) throws {
    var initializer = ParameterInitializer(seed: seed)
    source = try configuration.makeKernelSource("kernel", axisDecay: Self.axisDecay, initializer: &initializer)
    skip = Parameter("D", .general, value: initializer.normal([configuration.modelWidth]))
    decoder = LinearMap("decoder", inputs: configuration.modelWidth, outputs: outputCount, initializer: &initializer)
    parameters = source.parameters + [skip] + decoder.parameters
  }

  package func kernels(length: Int) -> [HostArray] { [source.kernel(length: length, samplingRate: 1).downloaded()] }

  package func forward(_ input: SequenceInput, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    let values = input.onlyValues
    let kernel = source.kernel(length: values.shape[2], samplingRate: 1)
    let convolved = LongConvolution.forward(values, kernel: kernel, skip: skip.value)
    return (decoder.forward(convolved), Cache(input: values, kernel: kernel, convolved: convolved))
  }

  package func backward(outputGradient: Tensor, cache: Cache) {
    let convolvedGradient = decoder.backward(outputGradient: outputGradient, input: cache.convolved)!
    let gradients = LongConvolution.backward(
      outputGradient: convolvedGradient, input: cache.input, kernel: cache.kernel, skip: skip.value, skipGradient: skip.gradient)
    source.backward(kernelGradient: gradients.kernel, length: cache.input.shape[2], samplingRate: 1)
  }
}

extension DelayModelConfiguration {
  fileprivate func makeKernelSource(
    _ name: String, axisDecay: Double, initializer: inout ParameterInitializer
  ) throws -> any KernelSource {
    let poleName: PoleInitialization
    switch initialization {
    case .linear: poleName = .linear
    case .inverse: poleName = .inverse
    case .dampedFourier:
      let layer = DampedFourierLayerConfiguration(
        angles: .synchronized, stateSize: 2 * modeCount, dampingMinimum: timestep, dampingMaximum: timestep, bidirectional: false,
        poleLearningRate: poleLearningRate, dampingLearningRate: timestepLearningRate)
      return DampedFourierKernelSource(name, layer, modelWidth: modelWidth, initializer: &initializer)
    }
    let frequencies = try InitialPoles.poles(poleName, stateSize: 2 * modeCount).map { abs($0.imaginary) }
    return GivenPolesKernelSource(
      name, decays: frequencies.map { _ in axisDecay }, frequencies: frequencies, timestep: timestep,
      outputWeights: initializer.normal([1, modelWidth, modeCount, 2], deviation: 0.5.squareRoot()),
      rates: .init(decay: 0, frequency: poleLearningRate, timestep: timestepLearningRate))
  }
}
