/// TFB's linear denoiser in Double, forward and backward: u [B, H, L] → causal convolution with the filtered kernel → linear map of channels.
///
/// - Source: the released script of TFB (Yu et al., 2025).
package struct ReferenceDenoiser: Sendable {
  /// One per channel.
  package var systems: [DiagonalSystem]
  package var filter: DirectSobolevFilter
  /// H → H.
  package var mixing: ReferenceMixing

  package init(systems: [DiagonalSystem], filter: DirectSobolevFilter, mixing: ReferenceMixing) {
    self.systems = systems
    self.filter = filter
    self.mixing = mixing
  }

  package struct Activations: Sendable {
    /// K before the filter, shape [H][L].
    package fileprivate(set) var kernels: [[Double]]
    fileprivate var convolution: ReferenceConvolution
    /// Shape [B, H, L].
    package fileprivate(set) var convolved: [Double]
    /// Shape [B, H, L].
    package fileprivate(set) var output: [Double]
  }

  package func forward(_ input: [Double], length: Int) -> Activations {
    let kernels = systems.map { $0.kernel(length: length) }
    let convolution = ReferenceConvolution(
      circles: kernels.map { filter.forward(DirectConvolution.circle(forward: $0)) }, skip: systems.map { _ in 0 })
    let convolved = convolution.forward(input, length: length)
    return Activations(
      kernels: kernels, convolution: convolution, convolved: convolved, output: mixing.forward(convolved, length: length))
  }

  /// Gradients of Σ output·w.
  package struct Gradient: Sendable {
    /// Shape [B, H, L].
    package let input: [Double]
    /// One per channel.
    package let systems: [DiagonalKernelGradient]
    /// With respect to β.
    package let exponent: Double
    package let mixing: ReferenceMixing.Gradient
  }

  package func backward(outputGradient: [Double], input: [Double], activations: Activations, length: Int) -> Gradient {
    let mixing = mixing.backward(outputGradient: outputGradient, input: activations.convolved, length: length)
    let convolution = activations.convolution.backward(outputGradient: mixing.input, input: input, length: length)
    let filtered = zip(convolution.circles, activations.kernels).map { slopes, kernel in
      filter.backward(outputGradient: slopes, kernel: DirectConvolution.circle(forward: kernel))
    }
    return Gradient(
      input: convolution.input,
      systems: zip(systems, filtered).map { DiagonalKernelGradient(of: $0, kernelGradient: Array($1.kernel.prefix(length))) },
      exponent: filtered.map(\.exponent).reduce(0, +), mixing: mixing)
  }
}
