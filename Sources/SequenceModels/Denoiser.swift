import Arrays
import Foundation
import Operations
import Vocabulary

/// The sizes and means of `Denoiser`.
package struct DenoiserConfiguration: Codable, Sendable, Equatable {
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

/// TFB's denoiser, which is linear: [B, C, L] → convolution with the filtered kernel, causal for β = 0 → linear map of the channels.
///
/// Poles and time step are fixed; C of each mode and the last map are trained.
///
/// - Source: the released script of TFB (Yu et al., 2025).
package final class Denoiser: SequenceModel {
  package let parameters: [Parameter]
  package let buffers: [ModelBuffer] = []

  private let source: GivenPolesKernelSource
  private let mixing: LinearMap
  private let skip: Tensor
  private let exponents: Tensor
  private let filter: SobolevFilter.Options

  package struct Cache {
    let input: Tensor
    let kernel: Tensor
    let filtered: Tensor
    let convolved: Tensor
  }

  package init(_ configuration: DenoiserConfiguration, channels: Int, seed: UInt64) {
    var initializer = ParameterInitializer(seed: seed)
    let modes = 0..<configuration.modeCount
    let frequencies = modes.map { configuration.frequencyStep * Double($0) }
    // C ~ CN(0, 1)·Im λ/1000.
    let normal = initializer.normal([1, channels, configuration.modeCount, 2], deviation: 0.5.squareRoot())
    let weights = normal.downloaded().values().enumerated().map { index, value in
      value * Float(frequencies[index / 2 % configuration.modeCount] / 1000)
    }
    source = GivenPolesKernelSource(
      "kernel", decays: modes.map { $0 == 0 ? -5 : log(3) }, frequencies: frequencies, timestep: WavesRegressor.timestep,
      outputWeights: Tensor(normal.shape, values: weights), rates: .init(decay: 0, frequency: 0))
    mixing = LinearMap("output", inputs: channels, outputs: channels, initializer: &initializer)
    skip = .zeros([channels])
    exponents = Tensor([1], filledWith: Float(configuration.filterExponent))
    filter = SobolevFilter.Options(weighting: configuration.filterWeighting)
    parameters = source.parameters + mixing.parameters
  }

  /// Filtered, as the model convolves with it.
  package func kernels(length: Int) -> [HostArray] {
    [SobolevFilter.forward(source.kernel(length: length), exponents: exponents, options: filter).downloaded()]
  }

  package func forward(_ input: SequenceInput, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    let values = input.onlyValues
    let kernel = source.kernel(length: values.shape[2])
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: filter)
    let convolved = LongConvolution.forward(values, kernel: filtered, skip: skip)
    return (mixing.forward(convolved), Cache(input: values, kernel: kernel, filtered: filtered, convolved: convolved))
  }

  package func backward(outputGradient: Tensor, cache: Cache) {
    let convolvedGradient = mixing.backward(outputGradient: outputGradient, input: cache.convolved)!
    let gradients = LongConvolution.backward(
      outputGradient: convolvedGradient, input: cache.input, kernel: cache.filtered, skip: skip, skipGradient: .zeros(like: skip))
    let kernelGradient = SobolevFilter.backward(
      outputGradient: gradients.kernel, kernel: cache.kernel, exponents: exponents, exponentGradient: .zeros(like: exponents),
      options: filter)
    source.backward(kernelGradient: kernelGradient, length: cache.input.shape[2])
  }
}
