/// TFB's regressor of wave amplitudes in Double, forward and backward.
///
/// u [B, L] → linear 1 → H → circular convolution with the filtered kernel + D·x, one D for all channels → GELU → linear → mean over time.
///
/// - Source: the released script of TFB (Yu et al., 2025); decisions about its filter: `DirectSobolevFilter`.
package struct ReferenceWavesModel: Sendable {
  /// 1 → H.
  package var encoder: ReferenceMixing
  /// One per channel.
  package var systems: [DiagonalSystem]
  package var filter: DirectSobolevFilter
  /// D.
  package var skip: Double
  /// H → outputs.
  package var decoder: ReferenceMixing

  package init(
    encoder: ReferenceMixing, systems: [DiagonalSystem], filter: DirectSobolevFilter, skip: Double, decoder: ReferenceMixing
  ) {
    self.encoder = encoder
    self.systems = systems
    self.filter = filter
    self.skip = skip
    self.decoder = decoder
  }

  package struct Activations: Sendable {
    /// K before the filter, shape [H][L].
    package fileprivate(set) var kernels: [[Double]]
    fileprivate var convolution: ReferenceConvolution
    /// x, shape [B, H, L].
    fileprivate var encoded: [Double]
    /// Convolution plus skip term, shape [B, H, L].
    package fileprivate(set) var convolved: [Double]
    /// Shape [B, outputs].
    package fileprivate(set) var output: [Double]
  }

  /// - Parameter input: u, shape [B, L].
  package func forward(_ input: [Double], length: Int) -> Activations {
    let kernels = systems.map { $0.kernel(length: length) }
    let convolution = ReferenceConvolution(circles: kernels.map(filter.forward), skip: systems.map { _ in skip })
    let encoded = encoder.forward(input, length: length)
    let convolved = convolution.forward(encoded, length: length)
    let decoded = decoder.forward(convolved.map(ReferenceActivation.gelu), length: length)
    let output = stride(from: 0, to: decoded.count, by: length).map { decoded[$0..<$0 + length].reduce(0, +) / Double(length) }
    return Activations(kernels: kernels, convolution: convolution, encoded: encoded, convolved: convolved, output: output)
  }

  /// Gradients of Σ output·w.
  package struct Gradient: Sendable {
    package let encoder: ReferenceMixing.Gradient
    /// One per channel.
    package let systems: [DiagonalKernelGradient]
    /// With respect to β.
    package let exponent: Double
    package let skip: Double
    package let decoder: ReferenceMixing.Gradient
  }

  /// - Parameter outputGradient: w, shape [B, outputs].
  package func backward(outputGradient: [Double], input: [Double], activations: Activations, length: Int) -> Gradient {
    let decodedGradient = outputGradient.flatMap { [Double](repeating: $0 / Double(length), count: length) }
    let activated = activations.convolved.map(ReferenceActivation.gelu)
    let decoder = decoder.backward(outputGradient: decodedGradient, input: activated, length: length)
    let convolvedGradient = zip(decoder.input, activations.convolved).map { $0 * ReferenceActivation.geluSlope($1) }
    let convolution = activations.convolution.backward(outputGradient: convolvedGradient, input: activations.encoded, length: length)
    let filtered = zip(convolution.circles, activations.kernels).map { filter.backward(outputGradient: $0, kernel: $1) }
    return Gradient(
      encoder: encoder.backward(outputGradient: convolution.input, input: input, length: length),
      systems: zip(systems, filtered).map { DiagonalKernelGradient(of: $0, kernelGradient: $1.kernel) },
      exponent: filtered.map(\.exponent).reduce(0, +), skip: convolution.skip.reduce(0, +), decoder: decoder)
  }
}
