import Operations

/// Kernels that run over the sequence followed by its reversal; the halves of the result become 2H channels.
///
/// - Source: the released form of HOPE (Yu et al., 2025) for text.
struct ReversedCopyKernelSource: KernelSource {
  private let source: HankelKernelSource

  /// - Parameter source: one kernel for each channel, of twice the length.
  init(_ source: HankelKernelSource) { self.source = source }

  var parameters: [Parameter] { source.parameters }
  var systemValues: [SystemValues] { source.systemValues }
  var outputWidth: Int { 2 * source.outputWidth }
  var boundary: LongConvolution.Boundary { source.boundary }

  func kernel(length: Int, samplingRate: Int) -> Tensor { source.kernel(length: 2 * length, samplingRate: samplingRate) }

  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int) {
    source.backward(kernelGradient: kernelGradient, length: 2 * length, samplingRate: samplingRate)
  }

  /// [1, H, 2·length].
  func impulseResponse(length: Int) -> Tensor { source.impulseResponse(length: 2 * length) }

  func convolve(_ input: Tensor, kernel: Tensor, skip: Tensor?, normalization: RowNormalization?) -> Tensor {
    let rows = normalization?.applied(to: input) ?? input
    let doubled = LongConvolution.forward(SequenceReversal.append(rows), kernel: kernel, skip: nil, boundary: boundary)
    return SequenceReversal.separate(doubled, adding: rows, skip: skip ?? .zeros([outputWidth]))
  }

  func convolutionGradients(
    outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor?, skipGradient: Tensor?, normalization: RowNormalization?
  ) -> LongConvolution.Gradients {
    let rows = normalization?.applied(to: input) ?? input
    let (doubledGradient, skipped) = SequenceReversal.separateBackward(
      outputGradient: outputGradient, input: rows, skip: skip ?? .zeros([outputWidth]), skipGradient: skipGradient)
    let doubled = LongConvolution.backward(
      outputGradient: doubledGradient, input: SequenceReversal.append(rows), kernel: kernel, skip: nil, skipGradient: nil,
      boundary: boundary)
    let inputGradient = ElementwiseArithmetic.sum(SequenceReversal.backward(outputGradient: doubled.input), skipped)
    return LongConvolution.Gradients(input: inputGradient, kernel: doubled.kernel)
  }
}
