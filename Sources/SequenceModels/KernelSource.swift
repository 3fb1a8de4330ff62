import Arrays
import Operations

/// Where the kernels of a convolution layer come from: one parameterisation of state space systems with its trained arrays.
package protocol KernelSource {
  var parameters: [Parameter] { get }
  /// Kernels that read the same channel, and so output channels for each input channel.
  var copies: Int { get }
  var boundary: LongConvolution.Boundary { get }
  /// One kernel for each channel runs over the sequence followed by its reversal; the halves of the result become 2H channels.
  var readsReversedCopy: Bool { get }

  /// The kernels as `LongConvolution` takes them with this boundary: [1 or 2, copies·H, length], or their spectra [copies·H, bins, 2]; of
  /// 2·length steps for the reversed copy.
  ///
  /// - Parameter samplingRate: r when the input keeps each r-th sample only.
  func kernel(length: Int, samplingRate: Int) -> Tensor

  /// Adds the gradients of every parameter; what the forward pass computed on the way is computed again.
  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int)
}

extension KernelSource {
  var readsReversedCopy: Bool { false }

  /// The layer's channels before the mixing, for each channel of its input.
  var outputCopies: Int { readsReversedCopy ? 2 : copies }
}

extension LayerConfiguration {
  /// Kernels with initial values.
  ///
  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed.
  package func makeKernelSource(_ name: String, modelWidth: Int, initializer: inout ParameterInitializer) throws -> any KernelSource {
    switch self {
    case .diagonal(let configuration):
      try DiagonalKernelSource(name, configuration, modelWidth: modelWidth, initializer: &initializer)
    case .dampedFourier(let configuration):
      DampedFourierKernelSource(name, configuration, modelWidth: modelWidth, initializer: &initializer)
    case .hankel(let configuration):
      HankelKernelSource(name, configuration, modelWidth: modelWidth, initializer: &initializer)
    }
  }
}
