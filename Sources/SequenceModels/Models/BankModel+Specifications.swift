import ComplexModule
import Foundation
import Operations
import StateSpace
import Vocabulary

extension BankModel {
  /// Δ of waves and of denoising: with 62,832 steps bin k of the transform is k radians a second.
  package static let timestep = 1e-4

  /// log(−Re λ) of poles on the imaginary axis: a finite number that changes no power of λ̄.
  private static let axisDecay = -60.0

  /// TFB's regressor of wave amplitudes: a map to H channels, circular convolution, one D for all, GELU and mean.
  ///
  /// - Source: the released script of TFB (Yu et al., 2025).
  package convenience init(_ configuration: WavesRegressorSpecification, outputCount: Int, seed: UInt64) {
    var initializer = ParameterInitializer(seed: seed)
    let width = configuration.modelWidth
    let encoder = LinearMap("encoder", inputs: 1, outputs: width, initializer: &initializer)
    let bank = DiagonalKernelSource(
      "kernel", poles: [TunedPoles.waves(scale: configuration.frequencyScale, modeCount: configuration.modeCount)],
      timestep: Self.timestep, outputWeights: initializer.normal([1, width, configuration.modeCount, 2], deviation: 0.5.squareRoot()))
    let skip = Parameter("D", .weight, value: initializer.normal([1]))
    self.init(
      .waves(configuration),
      Parts(
        encoder: encoder, bank: bank,
        kernels: bank.filtered(exponent: configuration.filterExponent, weighting: configuration.filterWeighting, isCircular: true),
        skip: .shared(skip), poolsSteps: true,
        decoder: LinearMap("decoder", inputs: width, outputs: outputCount, initializer: &initializer)))
  }

  /// TFB's denoiser, which is linear: convolution, causal for β = 0, and a map of the channels. Poles and time step are fixed; C of each mode
  /// and the map are trained.
  ///
  /// - Source: the released script of TFB (Yu et al., 2025).
  package convenience init(_ configuration: DenoiserSpecification, channels: Int, seed: UInt64) {
    var initializer = ParameterInitializer(seed: seed)
    let poles = TunedPoles.denoising(spacing: configuration.frequencyStep, modeCount: configuration.modeCount)
    // C ~ CN(0, 1)·Im λ/1000.
    let normal = initializer.normal([1, channels, configuration.modeCount, 2], deviation: 0.5.squareRoot())
    let weights = normal.downloaded().values().enumerated().map { index, value in
      value * Float(poles[index / 2 % poles.count].imaginary / 1000)
    }
    let bank = DiagonalKernelSource(
      "kernel", poles: [poles], timestep: Self.timestep, outputWeights: Tensor(normal.shape, values: weights))
    self.init(
      .denoising(configuration),
      Parts(
        bank: bank,
        kernels: bank.filtered(exponent: configuration.filterExponent, weighting: configuration.filterWeighting, isCircular: false),
        skip: .none, poolsSteps: false,
        decoder: LinearMap("output", inputs: channels, outputs: channels, initializer: &initializer)))
  }

  /// DFouT's model of the delay task: H systems read the input side by side, a linear map H → 1 answers at each step.
  ///
  /// - Source: DFouT (2025), Section 5.1 and Figure 4.
  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed.
  package convenience init(_ configuration: DelayModelSpecification, outputCount: Int, seed: UInt64) throws {
    var initializer = ParameterInitializer(seed: seed)
    let bank = try Self.delayBank("kernel", configuration, initializer: &initializer)
    let skip = Parameter("D", .weight, value: initializer.normal([configuration.modelWidth]))
    self.init(
      .delay(configuration),
      Parts(
        bank: bank, kernels: bank, skip: .ofChannel(skip), poolsSteps: false,
        decoder: LinearMap("decoder", inputs: configuration.modelWidth, outputs: outputCount, initializer: &initializer)))
  }

  private static func delayBank(
    _ name: String, _ configuration: DelayModelSpecification, initializer: inout ParameterInitializer
  ) throws -> DiagonalKernelSource {
    let (modeCount, timestep, factor) = (configuration.modeCount, configuration.timestep, configuration.inputFactor ?? .zeroOrderHold)
    let isUndamped = configuration.initialization == .undampedFourier
    if configuration.initialization == .dampedFourier || (isUndamped && factor == .unit) {
      let damping = isUndamped ? exp(axisDecay) : timestep
      let layer = DampedFourierLayerSpecification(
        angles: .synchronized, inputFactor: factor, stateSize: 2 * modeCount, dampingMinimum: damping, dampingMaximum: damping,
        bidirectional: false, poleLearningRate: configuration.poleLearningRate, dampingLearningRate: configuration.timestepLearningRate)
      return DiagonalKernelSource(name, layer, modelWidth: configuration.modelWidth, initializer: &initializer)
    }
    let poles = try configuration.initialFrequencies().map { $0.map { Complex(-exp(axisDecay), $0) } }
    // Angles are frequencies for a step of 1, and Δ as B of every mode is the gain of zero-order hold.
    return DiagonalKernelSource(
      name, poles: poles, timestep: isUndamped ? 1 : timestep, inputWeight: isUndamped ? timestep : nil,
      outputWeights: initializer.normal([1, configuration.modelWidth, modeCount, 2], deviation: 0.5.squareRoot()))
  }
}

extension DiagonalKernelSource {
  /// These kernels behind a filter with one fixed β for all.
  fileprivate func filtered(exponent: Double, weighting: FilterWeighting, isCircular: Bool) -> FilteredKernelSource {
    FilteredKernelSource(
      self, exponents: .fixed(Tensor([1], filledWith: Float(exponent))),
      options: SobolevFilter.Options(weighting: weighting, isCircular: isCircular))
  }
}
