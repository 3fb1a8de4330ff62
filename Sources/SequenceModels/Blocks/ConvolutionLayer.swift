import Operations
import StateSpace
import Vocabulary

/// One state space layer with its residual sum: x + drop(gate(linear C → 2H(GELU(convolution + D·u)))), u the input, normalised or not.
///
/// C is H, or 2H where a second system of each channel runs over the reversed sequence (HOPE).
///
/// - Source: S4D; the two reference pipelines (`BlocksSpecification.Pipeline`). Checked against golden cases 02, 03d, 04 and 09.
package struct ConvolutionLayer {
  private let source: any KernelSource
  private let skip: Parameter
  private let mixWeight: Parameter
  private let mixBias: Parameter
  private let dropout: LayerDropout

  /// What the backward pass needs. The layer's input is not kept: the backward pass gets it back from the residual sum.
  package struct Cache {
    /// Nil where the identity takes the place of the systems.
    let kernel: Tensor?
    let samplingRate: Int
    let dropouts: GatedMixing.Dropouts
    /// The GELU's input before any dropout [B, C, L]; its gradient takes its place.
    package let preActivation: Tensor
    /// The gate's input [B, 2H, L]; nil if no backward pass follows.
    let preGate: Tensor?
  }

  package init(
    _ name: String, _ configuration: LayerSpecification, modelWidth: Int, dropout: LayerDropout, initializer: inout ParameterInitializer
  ) throws {
    source = try configuration.makeKernelSource("\(name).kernel", modelWidth: modelWidth, initializer: &initializer)
    skip = Parameter("\(name).D", .weight, value: initializer.normal([source.outputWidth]))
    let mix = initializer.linear(inputs: source.outputWidth, outputs: 2 * modelWidth)
    mixWeight = Parameter("\(name).output_linear.0.weight", .weight, value: mix.weight)
    mixBias = Parameter("\(name).output_linear.0.bias", .biasOrNorm, value: mix.bias)
    self.dropout = dropout
  }

  package var parameters: [Parameter] { systemParameters + [mixWeight, mixBias] }

  /// Those of the systems and of their skip connection.
  var systemParameters: [Parameter] { [skip] + source.parameters }

  /// Rows of a sequence that stay for the backward pass: the C of the GELU's input and the 2H of the gate's.
  var keptChannels: Int { mixWeight.value.shape[0] + mixWeight.value.shape[1] }

  /// The impulse response, shape [1 or 2, C, length], or [1, H, 2·length] over a sequence and its reversal.
  func kernel(length: Int) -> Tensor { source.impulseResponse(length: length) }

  var systemValues: [SystemValues] { source.systemValues }

  /// What the channels convolve with; nil where the arrays describe no systems by themselves.
  func systems(sequenceLength: Int) throws -> [SystemEntry]? { try source.systems(sequenceLength: sequenceLength) }

  /// - Parameters:
  ///   - input: [B, H, L]; the branch is added to it in place.
  ///   - normalization: applied to what the branch reads.
  ///   - hasSystems: false replaces convolution and D·u by the identity.
  /// - Precondition: C is H where the identity takes the place of the systems.
  package func forward(
    _ input: Tensor, normalization: RowNormalization?, hasSystems: Bool = true, pass: inout Pass
  ) -> Cache {
    let kernel = hasSystems ? self.kernel(sequenceLength: input.shape[2], probe: pass.probe) : nil
    return forward(input, kernel: kernel, normalization: normalization, pass: &pass)
  }

  /// The same with kernels that are known already; nil replaces convolution and D·u by the identity.
  func forward(_ input: Tensor, kernel: Tensor?, normalization: RowNormalization?, pass: inout Pass) -> Cache {
    let preActivation =
      kernel.map { source.convolve(input, kernel: $0, skip: skip.value, normalization: normalization) }
      ?? identity(input, normalization)
    let dropouts = dropout.draw(inputs: preActivation.shape, branch: input.shape, pass: &pass)
    let preGate = GatedMixing.forward(
      preActivation, weight: mixWeight.value, bias: mixBias.value, dropouts: dropouts, addingTo: input, keepsGate: pass.isTraining)
    return Cache(
      kernel: kernel, samplingRate: pass.probe.samplingRate, dropouts: dropouts, preActivation: preActivation, preGate: preGate)
  }

  /// Returns the gradient of what the branch read, normalised if it was.
  ///
  /// - Parameters:
  ///   - sumGradient: of the residual sum; stays.
  ///   - sum: the residual sum; becomes the layer's input again.
  /// - Precondition: `cache` comes from a training pass and was not used before.
  package func backward(sumGradient: Tensor, sum: Tensor, normalization: RowNormalization?, cache: Cache) -> Tensor {
    guard let preGate = cache.preGate else { preconditionFailure("ConvolutionLayer: the cache is not of a training pass") }
    GatedMixing.backward(
      sumGradient: sumGradient, sum: sum, input: cache.preActivation, preGate: preGate, weight: mixWeight.value,
      dropouts: cache.dropouts, weightGradient: mixWeight.gradient, biasGradient: mixBias.gradient)
    guard let kernel = cache.kernel else { return cache.preActivation }
    let gradients = source.convolutionGradients(
      outputGradient: cache.preActivation, input: sum, kernel: kernel, skip: skip.value, skipGradient: skip.gradient,
      normalization: normalization)
    let length = sum.shape[2]
    source.backward(
      kernelGradient: source.boundary == .zeros ? KernelCut.backward(outputGradient: gradients.kernel, length: length) : gradients.kernel,
      length: length, samplingRate: cache.samplingRate)
    return gradients.input
  }

  /// What the branch reads, in memory of its own.
  private func identity(_ input: Tensor, _ normalization: RowNormalization?) -> Tensor {
    precondition(source.outputWidth == input.shape[1], "ConvolutionLayer: two systems a channel have no identity")
    if let normalization { return normalization.applied(to: input) }
    return input.copy()
  }

  /// What a pass through `probe` convolves with. Computed whole and then cut, because a filter makes every coefficient depend on the length.
  ///
  /// - Precondition: the kernel of a circle, which has no end, is not cut.
  func kernel(sequenceLength: Int, probe: Probe) -> Tensor {
    let whole = source.kernel(length: sequenceLength, samplingRate: probe.samplingRate)
    guard let count = probe.kernelLength, count < sequenceLength else { return whole }
    precondition(source.boundary == .zeros, "ConvolutionLayer: a kernel on a circle cannot be cut")
    return KernelCut.forward(whole, count: count)
  }
}
