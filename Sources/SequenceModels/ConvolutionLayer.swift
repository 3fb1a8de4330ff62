import Arrays
import Operations
import StateSpace

/// One state space layer: convolution + D·u → GELU → linear C → 2H → gate → H, with dropout as the pipeline puts it.
///
/// C is H, or 2H where a second system of each channel runs over the reversed sequence (HOPE).
///
/// - Source: S4D; the two reference pipelines (`ModelConfiguration.Pipeline`). Checked against golden cases 02, 03d, 04 and 09.
struct ConvolutionLayer {
  private let source: any KernelSource
  private let skip: Parameter
  private let mixWeight: Parameter
  private let mixBias: Parameter
  private let dropout: LayerDropout

  /// What the backward pass needs; activations that are cheap to compute again are not kept.
  struct Cache {
    let input: Tensor
    let kernel: Tensor
    let samplingRate: Int
    let lengths: [Int]?
    let convolutionDropout: Dropout.Cache
    let activationDropout: Dropout.Cache
    /// The GELU's input [B, C, L].
    let preActivation: Tensor
    /// The gate's input [B, 2H, L].
    let preGate: Tensor
  }

  init(
    _ name: String, _ configuration: LayerConfiguration, modelWidth: Int, dropout: LayerDropout, initializer: inout ParameterInitializer
  ) throws {
    source = try configuration.makeKernelSource("\(name).kernel", modelWidth: modelWidth, initializer: &initializer)
    skip = Parameter("\(name).D", .general, value: initializer.normal([source.outputCopies * modelWidth]))
    let mix = initializer.linear(inputs: source.outputCopies * modelWidth, outputs: 2 * modelWidth)
    mixWeight = Parameter("\(name).output_linear.0.weight", .general, value: mix.weight)
    mixBias = Parameter("\(name).output_linear.0.bias", .biasOrNorm, value: mix.bias)
    self.dropout = dropout
  }

  var parameters: [Parameter] { [skip] + source.parameters + [mixWeight, mixBias] }

  /// The impulse response, shape [1 or 2, C, length].
  func kernel(length: Int) -> Tensor { source.kernel(length: length, samplingRate: 1) }

  /// - Parameter input: [B, H, L]; positions behind `lengths` are set to zero in place.
  func forward(_ input: Tensor, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    if let lengths { SequencePooling.maskPadding(input, lengths: lengths) }
    let kernel = self.kernel(sequenceLength: input.shape[2], probe: pass.probe)
    let (preActivation, convolutionDropout) = dropout.beforeActivation(convolved(input, kernel: kernel), pass: &pass)
    let (active, activationDropout) = dropout.afterActivation(Activation.forward(preActivation), pass: &pass)
    let preGate = ChannelMixing.forward(active, weight: mixWeight.value, bias: mixBias.value)
    let output = GatedLinearUnit.forward(preGate)
    return (
      output,
      Cache(
        input: input, kernel: kernel, samplingRate: pass.probe.samplingRate, lengths: lengths, convolutionDropout: convolutionDropout,
        activationDropout: activationDropout, preActivation: preActivation, preGate: preGate)
    )
  }

  /// Returns the gradient of the layer's input.
  func backward(outputGradient: Tensor, cache: Cache) -> Tensor {
    let preGateGradient = GatedLinearUnit.backward(outputGradient: outputGradient, input: cache.preGate)
    let active = Dropout.apply(cache.activationDropout, to: Activation.forward(cache.preActivation))
    let activeGradient = ChannelMixing.backward(
      outputGradient: preGateGradient, input: active, weight: mixWeight.value, weightGradient: mixWeight.gradient,
      biasGradient: mixBias.gradient)!
    let preActivationGradient = Activation.backward(
      outputGradient: Dropout.apply(cache.activationDropout, to: activeGradient), input: cache.preActivation)
    let gradients = convolutionBackward(Dropout.apply(cache.convolutionDropout, to: preActivationGradient), cache: cache)
    let length = cache.input.shape[2]
    source.backward(
      kernelGradient: source.readsReversedCopy ? gradients.kernel : KernelCut.backward(outputGradient: gradients.kernel, length: length),
      length: length, samplingRate: cache.samplingRate)
    if let lengths = cache.lengths { SequencePooling.maskPadding(gradients.input, lengths: lengths) }
    return gradients.input
  }

  /// Convolution + D·u, shape [B, C, L].
  private func convolved(_ input: Tensor, kernel: Tensor) -> Tensor {
    guard source.readsReversedCopy else {
      return LongConvolution.forward(input, kernel: kernel, skip: skip.value, boundary: source.boundary)
    }
    let doubled = LongConvolution.forward(
      SequenceReversal.append(input), kernel: kernel, skip: .zeros([input.shape[1]]), boundary: source.boundary)
    return SequenceReversal.separate(doubled, adding: input, skip: skip.value)
  }

  private func convolutionBackward(_ outputGradient: Tensor, cache: Cache) -> LongConvolution.Gradients {
    guard source.readsReversedCopy else {
      return LongConvolution.backward(
        outputGradient: outputGradient, input: cache.input, kernel: cache.kernel, skip: skip.value, skipGradient: skip.gradient,
        boundary: source.boundary)
    }
    let noSkip = Tensor.zeros([cache.input.shape[1]])
    let (doubledGradient, skipped) = SequenceReversal.separateBackward(
      outputGradient: outputGradient, input: cache.input, skip: skip.value, skipGradient: skip.gradient)
    let doubled = LongConvolution.backward(
      outputGradient: doubledGradient, input: SequenceReversal.append(cache.input), kernel: cache.kernel, skip: noSkip,
      skipGradient: .zeros(like: noSkip), boundary: source.boundary)
    let input = ElementwiseArithmetic.sum(SequenceReversal.backward(outputGradient: doubled.input), skipped)
    return LongConvolution.Gradients(input: input, kernel: doubled.kernel)
  }

  /// Computed whole and then cut, because a filter makes every coefficient depend on the length.
  ///
  /// - Precondition: the kernel of a circle, which has no end, is not cut.
  private func kernel(sequenceLength: Int, probe: Probe) -> Tensor {
    let whole = source.kernel(length: sequenceLength, samplingRate: probe.samplingRate)
    guard let count = probe.kernelLength, count < whole.shape[2] else { return whole }
    precondition(source.boundary == .zeros, "ConvolutionLayer: a kernel on a circle cannot be cut")
    return KernelCut.forward(whole, count: count)
  }
}
