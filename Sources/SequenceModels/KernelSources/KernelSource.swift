import Operations
import StateSpace
import Vocabulary

/// Where the kernels of a convolution come from: one parameterisation of state space systems with its trained arrays, and how a sequence
/// goes through its kernels.
package protocol KernelSource {
  var parameters: [Parameter] { get }
  /// C: channels of the convolution's output, a multiple of those that it reads.
  var outputWidth: Int { get }
  var boundary: LongConvolution.Boundary { get }

  /// The kernels as `convolve` takes them, for `LongConvolution` [1 or 2, C, length] or their spectra [C, bins, 2].
  ///
  /// - Parameter samplingRate: r when the input keeps each r-th sample only.
  func kernel(length: Int, samplingRate: Int) -> Tensor

  /// Adds the gradients of every parameter; what the forward pass computed on the way is computed again.
  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int)

  /// The systems whose impulse responses the kernels are, direction by direction and channel by channel, in layer 0; nil where the arrays
  /// describe no systems by themselves (HOPE's half-spectra).
  ///
  /// - Parameter sequenceLength: of what the kernels run over, because a filter may count bins of its transform.
  /// - Throws: `StageError` (`badData`) where training has left numbers that stand for no system.
  func systems(sequenceLength: Int) throws -> [SystemEntry]?

  /// The arrays that define the systems: poles and weights, or Markov parameters; neither time steps nor filters.
  var systemValues: [SystemValues] { get }

  /// The kernels in time, shape [1 or 2, channels, steps].
  func impulseResponse(length: Int) -> Tensor

  /// Convolution + D·u, shape [B, C, L].
  ///
  /// - Parameters:
  ///   - input: u, [B, H, L].
  ///   - skip: D, [C]; nil is none.
  ///   - normalization: applied to the rows of the input.
  func convolve(_ input: Tensor, kernel: Tensor, skip: Tensor?, normalization: RowNormalization?) -> Tensor

  /// Returns the gradients of what the convolution read and of the kernel; adds to that of D.
  ///
  /// - Parameter outputGradient: may be overwritten.
  func convolutionGradients(
    outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor?, skipGradient: Tensor?, normalization: RowNormalization?
  ) -> LongConvolution.Gradients
}

extension KernelSource {
  package var boundary: LongConvolution.Boundary { .zeros }

  package func systems(sequenceLength: Int) throws -> [SystemEntry]? { nil }

  package func impulseResponse(length: Int) -> Tensor { kernel(length: length, samplingRate: 1) }

  package func convolve(_ input: Tensor, kernel: Tensor, skip: Tensor?, normalization: RowNormalization?) -> Tensor {
    LongConvolution.forward(input, kernel: kernel, skip: skip, boundary: boundary, normalization: normalization)
  }

  package func convolutionGradients(
    outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor?, skipGradient: Tensor?, normalization: RowNormalization?
  ) -> LongConvolution.Gradients {
    LongConvolution.backward(
      outputGradient: outputGradient, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient, boundary: boundary,
      normalization: normalization, overwrites: true)
  }
}

extension LayerSpecification {
  /// Kernels with initial values.
  ///
  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed.
  package func makeKernelSource(
    _ name: String, modelWidth: Int, initializer: inout ParameterInitializer
  ) throws -> any KernelSource {
    switch self {
    case .diagonal(let configuration):
      let source = try DiagonalKernelSource(name, configuration, modelWidth: modelWidth, initializer: &initializer)
      guard let filter = configuration.filter else { return source }
      let exponents = Parameter("\(name).s", .filterExponent, value: Tensor([modelWidth], filledWith: Float(filter.exponent)))
      return FilteredKernelSource(
        source, exponents: .trained(exponents), options: SobolevFilter.Options(weighting: filter.weighting))
    case .dampedFourier(let configuration):
      return DiagonalKernelSource(name, configuration, modelWidth: modelWidth, initializer: &initializer)
    case .hankel(let configuration):
      let source = HankelKernelSource(name, configuration, modelWidth: modelWidth, initializer: &initializer)
      return configuration.directions == .halfSpectraOfCopy ? ReversedCopyKernelSource(source) : source
    }
  }
}
