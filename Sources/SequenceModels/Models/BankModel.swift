import Arrays
import Foundation
import Operations
import Vocabulary

/// One bank of systems between linear maps: [B, channels, L] → perhaps a linear map to H → convolution with H kernels + D·u → perhaps GELU
/// and mean over time → linear map, [B, outputs, L] or [B, outputs].
///
/// Waves, denoising and the delay task are its three specifications.
package final class BankModel: SequenceModel, HasKernels, HasPoles, HasSystemValues {
  /// What the bank learns, with its sizes.
  package enum Specification {
    case waves(WavesRegressorSpecification)
    case denoising(DenoiserSpecification)
    case delay(DelayModelSpecification)
  }

  /// The D of the skip term.
  enum Skip {
    case none
    case ofChannel(Parameter)
    /// One number for all channels.
    case shared(Parameter)

    var parameters: [Parameter] {
      switch self {
      case .none: []
      case .ofChannel(let skip), .shared(let skip): [skip]
      }
    }
  }

  /// What a specification decides.
  package struct Parts {
    package var encoder: LinearMap?
    var bank: DiagonalKernelSource
    /// The bank's kernels as the convolution takes them, filtered where there is a filter.
    package var kernels: any KernelSource
    var skip: Skip
    /// GELU and mean over time before the last map, instead of an answer at each step. Linear before mean, as published, would be the same.
    var poolsSteps: Bool
    var decoder: LinearMap
  }

  package let specification: Specification
  package let parameters: ParameterSet
  package let buffers: [ModelBuffer] = []

  package let parts: Parts

  package struct Cache {
    let input: Tensor
    let encoded: Tensor
    let kernel: Tensor
    /// Convolution + D·u.
    package let convolved: Tensor
    /// What the last map read.
    let decoded: Tensor
  }

  package init(_ specification: Specification, _ parts: Parts) {
    self.specification = specification
    self.parts = parts
    parameters = ParameterSet(
      (parts.encoder?.parameters ?? []) + parts.kernels.parameters + parts.skip.parameters + parts.decoder.parameters)
  }

  package var systemValues: [SystemValues] { parts.kernels.systemValues }

  /// Filtered, as the model convolves with it.
  package func kernels(length: Int) -> [HostArray] { [parts.kernels.impulseResponse(length: length).downloaded()] }

  package func forward(_ input: SequenceInput, lengths: Integers?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    let values = input.onlyValues
    let encoded = parts.encoder?.forward(values) ?? values
    let kernel = parts.kernels.kernel(length: values.shape[2], samplingRate: 1)
    let convolved = parts.kernels.convolve(encoded, kernel: kernel, skip: skip(width: encoded.shape[1])?.value, normalization: nil)
    let decoded =
      parts.poolsSteps ? SequencePooling.forward(Activation.forward(convolved), mode: .mean, lengths: nil) : convolved
    return (
      parts.decoder.forward(decoded),
      Cache(input: values, encoded: encoded, kernel: kernel, convolved: convolved, decoded: decoded)
    )
  }

  package func backward(outputGradient: Tensor, cache: Cache) {
    let gradient = bankGradient(outputGradient: outputGradient, cache: cache)
    parts.encoder?.parameterGradients(outputGradient: gradient, input: cache.input)
  }

  /// Returns the gradient of what the bank reads; adds those of every parameter but the encoder's.
  package func bankGradient(outputGradient: Tensor, cache: Cache) -> Tensor {
    let length = cache.input.shape[2]
    var gradient = parts.decoder.backward(outputGradient: outputGradient, input: cache.decoded)
    if parts.poolsSteps {
      gradient = Activation.backward(
        outputGradient: SequencePooling.backward(outputGradient: gradient, mode: .mean, lengths: nil, length: length),
        input: cache.convolved)
    }
    let skip = skip(width: cache.encoded.shape[1])
    let gradients = parts.kernels.convolutionGradients(
      outputGradient: gradient, input: cache.encoded, kernel: cache.kernel, skip: skip?.value, skipGradient: skip?.gradient,
      normalization: nil)
    if let skip, case .shared(let parameter) = parts.skip { ElementwiseArithmetic.addSum(of: skip.gradient, to: parameter.gradient) }
    parts.kernels.backward(kernelGradient: gradients.kernel, length: length, samplingRate: 1)
    return gradients.input
  }

  private static func repeated(_ number: Tensor, count: Int) -> (value: Tensor, gradient: Tensor) {
    let value = ElementwiseArithmetic.repeated(number, count: count)
    return (value, .zeros(like: value))
  }

  /// D of each channel, and where its gradient goes.
  private func skip(width: Int) -> (value: Tensor, gradient: Tensor)? {
    switch parts.skip {
    case .none: nil
    case .ofChannel(let skip): (skip.value, skip.gradient)
    case .shared(let skip): Self.repeated(skip.value, count: width)
    }
  }
}

extension BankModel {
  /// One pole of each conjugate pair.
  package struct Pole: Sendable, Equatable {
    /// From 0.
    package let channel: Int
    /// From 0.
    package let mode: Int
    package let real: Float
    package let imaginary: Float
  }

  /// λ of every mode, channel by channel; none of damped Fourier modes.
  package var poles: [Pole] {
    guard let decays = parts.bank.decay?.value.downloaded().values() else { return [] }
    let frequencies = parts.bank.frequency.value
    return zip(decays, frequencies.downloaded().values()).enumerated().map { index, pole in
      let (channel, mode) = index.quotientAndRemainder(dividingBy: frequencies.shape[1])
      return Pole(channel: channel, mode: mode, real: -exp(pole.0), imaginary: pole.1)
    }
  }
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
