import Operations

/// Kernels of diagonal systems, from arrays under the names and in the stored form of the reference code.
struct DiagonalKernelSource: KernelSource {
  /// Δ of each channel, or ξ, in its stored form.
  let timestep: Parameter
  /// log(−Re λ); nil for damped Fourier modes.
  let decay: Parameter?
  /// Im λ, or Ω.
  let frequency: Parameter
  /// B; nil is 1.
  let inputWeights: Parameter?
  /// C.
  let outputWeights: Parameter
  let options: DiagonalKernel.Options

  var parameters: [Parameter] { [timestep, decay, frequency, inputWeights, outputWeights].compactMap { $0 } }

  var outputWidth: Int { timestep.value.count }

  func kernel(length: Int, samplingRate: Int) -> Tensor {
    DiagonalKernel.forward(arrays(\.value), length: length, options: options(samplingRate))
  }

  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int) {
    DiagonalKernel.backward(
      kernelGradient: kernelGradient, arrays(\.value), options: options(samplingRate), gradients: arrays(\.gradient))
  }

  private func arrays(_ part: KeyPath<Parameter, Tensor>) -> DiagonalKernel.Parameters {
    DiagonalKernel.Parameters(
      timestep: timestep[keyPath: part], decay: decay?[keyPath: part], frequency: frequency[keyPath: part],
      inputWeights: inputWeights?[keyPath: part], outputWeights: outputWeights[keyPath: part])
  }

  private func options(_ samplingRate: Int) -> DiagonalKernel.Options {
    var options = options
    options.samplingRate = Double(samplingRate)
    return options
  }
}
