import Operations

/// The kernels of another source behind TFB's Sobolev filter.
///
/// On the line a kernel of one direction becomes one of two, because a filter in frequency is not causal.
package struct FilteredKernelSource: KernelSource {
  package enum Exponents {
    /// One β for each channel, an array of the model.
    case trained(Parameter)
    /// One β for all.
    case fixed(Tensor)
  }

  /// The kernels before the filter.
  package let source: any KernelSource
  package var exponents: Exponents
  let options: SobolevFilter.Options

  init(_ source: any KernelSource, exponents: Exponents, options: SobolevFilter.Options) {
    (self.source, self.exponents, self.options) = (source, exponents, options)
  }

  package var parameters: [Parameter] {
    if case .trained(let exponents) = exponents { source.parameters + [exponents] } else { source.parameters }
  }

  package var outputWidth: Int { source.outputWidth }

  package var boundary: LongConvolution.Boundary { options.isCircular ? .circular : .zeros }

  package func kernel(length: Int, samplingRate: Int) -> Tensor {
    SobolevFilter.forward(
      source.kernel(length: length, samplingRate: samplingRate), exponents: arrays.exponents, options: options)
  }

  package func backward(kernelGradient: Tensor, length: Int, samplingRate: Int) {
    let gradient = SobolevFilter.backward(
      outputGradient: kernelGradient, kernel: source.kernel(length: length, samplingRate: samplingRate), exponents: arrays.exponents,
      exponentGradient: arrays.gradient, options: options)
    source.backward(kernelGradient: gradient, length: length, samplingRate: samplingRate)
  }

  private var arrays: (exponents: Tensor, gradient: Tensor?) {
    switch exponents {
    case .trained(let parameter): (parameter.value, parameter.gradient)
    case .fixed(let exponents): (exponents, nil)
    }
  }
}
