import Arrays
import Foundation
import Operations
import Vocabulary

/// The sizes and means of `WavesRegressor`.
package struct WavesRegressorConfiguration: Codable, Sendable, Equatable {
  package var modelWidth: Int
  /// N: modes of each channel.
  package var modeCount: Int
  /// α: factor on the initial Im λ.
  package var frequencyScale: Double
  /// β of the filter; 0 is none.
  package var filterExponent: Double
  package var filterWeighting: FilterWeighting
  /// Of log(−Re λ); no weight decay.
  package var decayLearningRate: Double
  /// Of Im λ; no weight decay.
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

/// TFB's regressor: [B, 1, L] → linear 1 → H → circular convolution with the filtered kernel + D·x, one D for all → GELU → mean over
/// time → linear H → outputs, which equals the published order, linear before mean.
///
/// - Source: the released script of TFB (Yu et al., 2025).
package final class WavesRegressor: SequenceModel {
  package let parameters: [Parameter]
  package let buffers: [ModelBuffer] = []

  /// Δ: with 62,832 steps bin k of the transform is k radians a second.
  package static let timestep = 1e-4

  private let encoder: LinearMap
  private let source: GivenPolesKernelSource
  private let skip: Parameter
  private let decoder: LinearMap
  private let width: Int
  private let exponents: Tensor
  private let filter: SobolevFilter.Options

  package struct Cache {
    let input: Tensor
    let encoded: Tensor
    let kernel: Tensor
    let filtered: Tensor
    let convolved: Tensor
    /// Shape [B, H].
    let pooled: Tensor
  }

  package init(_ configuration: WavesRegressorConfiguration, outputCount: Int, seed: UInt64) {
    var initializer = ParameterInitializer(seed: seed)
    width = configuration.modelWidth
    encoder = LinearMap("encoder", inputs: 1, outputs: width, initializer: &initializer)
    let modes = 0..<configuration.modeCount
    source = GivenPolesKernelSource(
      "kernel", decays: modes.map { _ in log(0.5) }, frequencies: modes.map { configuration.frequencyScale * .pi * (1.3 + Double($0)) },
      timestep: Self.timestep, outputWeights: initializer.normal([1, width, configuration.modeCount, 2], deviation: 0.5.squareRoot()),
      rates: .init(decay: configuration.decayLearningRate, frequency: configuration.frequencyLearningRate))
    skip = Parameter("D", .general, value: initializer.normal([1]))
    decoder = LinearMap("decoder", inputs: width, outputs: outputCount, initializer: &initializer)
    exponents = Tensor([1], filledWith: Float(configuration.filterExponent))
    filter = SobolevFilter.Options(weighting: configuration.filterWeighting, isCircular: true)
    parameters = encoder.parameters + source.parameters + [skip] + decoder.parameters
  }

  /// Filtered, as the model convolves with it.
  package func kernels(length: Int) -> [HostArray] {
    [SobolevFilter.forward(source.kernel(length: length), exponents: exponents, options: filter).downloaded()]
  }

  /// One pole of each conjugate pair.
  package struct Pole: Sendable, Equatable {
    /// From 0.
    package let channel: Int
    /// From 0.
    package let mode: Int
    package let real: Float
    package let imaginary: Float
  }

  /// λ of every mode, channel by channel.
  package var poles: [Pole] {
    source.poles.enumerated().map { index, pole in
      let (channel, mode) = index.quotientAndRemainder(dividingBy: source.modeCount)
      return Pole(channel: channel, mode: mode, real: pole.real, imaginary: pole.imaginary)
    }
  }

  package func forward(_ input: SequenceInput, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    let values = input.onlyValues
    let encoded = encoder.forward(values)
    let kernel = source.kernel(length: values.shape[2])
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: filter)
    let convolved = LongConvolution.forward(encoded, kernel: filtered, skip: channelSkips, boundary: .circular)
    let pooled = SequencePooling.forward(Activation.forward(convolved), mode: .mean, lengths: nil)
    return (
      decoder.forward(pooled),
      Cache(input: values, encoded: encoded, kernel: kernel, filtered: filtered, convolved: convolved, pooled: pooled)
    )
  }

  package func backward(outputGradient: Tensor, cache: Cache) {
    let length = cache.input.shape[2]
    let pooledGradient = decoder.backward(outputGradient: outputGradient, input: cache.pooled)!
    let convolvedGradient = Activation.backward(
      outputGradient: SequencePooling.backward(outputGradient: pooledGradient, mode: .mean, lengths: nil, length: length),
      input: cache.convolved)
    let skipGradient = Tensor.zeros([width])
    let gradients = LongConvolution.backward(
      outputGradient: convolvedGradient, input: cache.encoded, kernel: cache.filtered, skip: channelSkips, skipGradient: skipGradient,
      boundary: .circular)
    skip.gradient.upload([skip.gradient.downloaded().values()[0] + skipGradient.downloaded().values().reduce(0, +)])
    let kernelGradient = SobolevFilter.backward(
      outputGradient: gradients.kernel, kernel: cache.kernel, exponents: exponents, exponentGradient: .zeros(like: exponents),
      options: filter)
    source.backward(kernelGradient: kernelGradient, length: length)
    encoder.backward(outputGradient: gradients.input, input: cache.input, needsInputGradient: false)
  }

  private var channelSkips: Tensor { Tensor([width], filledWith: skip.value.downloaded().values()[0]) }
}

extension SequenceInput {
  /// [B, channels, L].
  ///
  /// - Precondition: the input are values.
  var onlyValues: Tensor {
    guard case .values(let values) = self else { preconditionFailure("SequenceInput: tokens for a model of values") }
    return values
  }
}
