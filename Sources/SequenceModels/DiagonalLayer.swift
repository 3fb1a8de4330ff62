import Arrays
import Operations
import StateSpace

/// One diagonal state space layer: convolution + D·u → GELU → linear H → 2H → gate → H, with dropout as the pipeline puts it.
///
/// - Source: S4D; the two reference pipelines (`ModelConfiguration.Pipeline`). Checked against golden cases 02 and 09a.
struct DiagonalLayer {
  private let kernelParameters: DiagonalKernelParameters
  private let skip: Parameter
  private let mixWeight: Parameter
  private let mixBias: Parameter
  private let dropout: LayerDropout

  /// What the backward pass needs; activations that are cheap to compute again are not kept.
  struct Cache {
    let input: Tensor
    let kernel: Tensor
    let lengths: [Int]?
    let convolutionDropout: Dropout.Cache
    let activationDropout: Dropout.Cache
    /// The GELU's input [B, H, L].
    let preActivation: Tensor
    /// The gate's input [B, 2H, L].
    let preGate: Tensor
  }

  init(
    _ name: String, _ configuration: DiagonalLayerConfiguration, modelWidth: Int, dropout: LayerDropout,
    initializer: inout ParameterInitializer
  ) throws {
    kernelParameters = try DiagonalKernelParameters("\(name).kernel", configuration, modelWidth: modelWidth, initializer: &initializer)
    skip = Parameter("\(name).D", .general, value: initializer.normal([modelWidth]))
    let mix = initializer.linear(inputs: modelWidth, outputs: 2 * modelWidth)
    mixWeight = Parameter("\(name).output_linear.0.weight", .general, value: mix.weight)
    mixBias = Parameter("\(name).output_linear.0.bias", .biasOrNorm, value: mix.bias)
    self.dropout = dropout
  }

  var parameters: [Parameter] { [skip] + kernelParameters.all + [mixWeight, mixBias] }

  /// The impulse response, shape [directions, H, length].
  func kernel(length: Int) -> Tensor { kernelParameters.kernel(length: length) }

  /// - Parameter input: [B, H, L]; positions behind `lengths` are set to zero in place.
  func forward(_ input: Tensor, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    if let lengths { SequencePooling.maskPadding(input, lengths: lengths) }
    let kernel = kernelParameters.kernel(length: input.shape[2])
    let convolved = LongConvolution.forward(input, kernel: kernel, skip: skip.value)
    let (preActivation, convolutionDropout) = dropout.beforeActivation(convolved, pass: &pass)
    let (active, activationDropout) = dropout.afterActivation(Activation.forward(preActivation), pass: &pass)
    let preGate = ChannelMixing.forward(active, weight: mixWeight.value, bias: mixBias.value)
    let output = GatedLinearUnit.forward(preGate)
    return (
      output,
      Cache(
        input: input, kernel: kernel, lengths: lengths, convolutionDropout: convolutionDropout, activationDropout: activationDropout,
        preActivation: preActivation, preGate: preGate)
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
    let gradients = LongConvolution.backward(
      outputGradient: Dropout.apply(cache.convolutionDropout, to: preActivationGradient), input: cache.input, kernel: cache.kernel,
      skip: skip.value, skipGradient: skip.gradient)
    kernelParameters.backward(kernelGradient: gradients.kernel)
    if let lengths = cache.lengths { SequencePooling.maskPadding(gradients.input, lengths: lengths) }
    return gradients.input
  }
}

/// Where the pipelines drop inside and behind a layer.
struct LayerDropout {
  let probability: Double
  let tied: Bool
  let pipeline: ModelConfiguration.Pipeline

  /// Between convolution and GELU: the Lightning pipeline only.
  func beforeActivation(_ input: Tensor, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    pipeline == .lightning ? drop(input, tied: tied, pass: &pass) : (input, .none)
  }

  func afterActivation(_ input: Tensor, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    drop(input, tied: tied, pass: &pass)
  }

  /// On the branch before the residual sum; the script pipeline always drops whole channels there.
  func onBranch(_ input: Tensor, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    drop(input, tied: tied || pipeline == .script, pass: &pass)
  }

  private func drop(_ input: Tensor, tied: Bool, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    guard case .training(var stream) = pass.mode else { return (input, .none) }
    let result = Dropout.forward(input, probability: probability, tied: tied, stream: &stream)
    pass.mode = .training(dropout: stream)
    return result
  }
}
