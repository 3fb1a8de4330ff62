import StateSpace

/// TFB's two small models in Double, forward and backward: one bank of systems with a filtered kernel.
///
/// Waves: u [B, 1, L] → linear 1 → H → circular convolution + D·x, one D for all channels → GELU → linear → mean over time. Denoising:
/// u [B, H, L] → causal convolution (for β = 0) → linear map of the channels.
///
/// - Source: the released scripts of TFB (Yu et al., 2025); decisions about the filter: `ReferenceSobolevFilter`.
package struct ReferenceFilteredBank: Sendable {
  /// What the regressor of waves has in addition.
  package struct Waves: Sendable {
    /// 1 → H.
    package var encoder: ReferenceMixing
    /// D.
    package var skip: Double

    package init(encoder: ReferenceMixing, skip: Double) {
      self.encoder = encoder
      self.skip = skip
    }
  }

  /// nil is the denoiser.
  package var waves: Waves?
  /// One per channel.
  package var systems: [DiagonalSystem]
  package var filter: ReferenceSobolevFilter
  /// H → outputs.
  package var decoder: ReferenceMixing

  package init(waves: Waves? = nil, systems: [DiagonalSystem], filter: ReferenceSobolevFilter, decoder: ReferenceMixing) {
    self.waves = waves
    self.systems = systems
    self.filter = filter
    self.decoder = decoder
  }

  package struct Activations: Sendable {
    /// K before the filter, shape [H][L].
    package let kernels: [[Double]]
    /// K before the filter on the circles that are filtered, one for each channel.
    fileprivate let circles: [[Double]]
    fileprivate let convolution: ReferenceConvolution
    /// What is convolved, shape [B, H, L].
    fileprivate let encoded: [Double]
    /// Convolution plus skip term, shape [B, H, L].
    package let convolved: [Double]
    /// Shape [B, outputs], or [B, H, L] of the denoiser.
    package let output: [Double]
  }

  package func forward(_ input: [Double], length: Int) -> Activations {
    let kernels = systems.map { $0.kernel(length: length) }
    let circles = waves == nil ? kernels.map { DirectConvolution.circle(forward: $0) } : kernels
    let convolution = ReferenceConvolution(circles: circles.map(filter.forward), skip: systems.map { _ in waves?.skip ?? 0 })
    let encoded = waves?.encoder.forward(input, length: length) ?? input
    let convolved = convolution.forward(encoded, length: length)
    var output = decoder.forward(activated(convolved), length: length)
    if waves != nil { output = Rows.cut(output, length).map { $0.reduce(0, +) / Double(length) } }
    return Activations(
      kernels: kernels, circles: circles, convolution: convolution, encoded: encoded, convolved: convolved, output: output)
  }

  /// Gradients of Σ output·w.
  package struct Gradient: Sendable {
    /// Shaped as the input.
    package let input: [Double]
    package let encoder: ReferenceMixing.Gradient?
    /// One per channel.
    package let systems: [DiagonalKernelGradient]
    /// With respect to β.
    package let exponent: Double
    /// With respect to D.
    package let skip: Double
    package let decoder: ReferenceMixing.Gradient
  }

  /// - Parameter outputGradient: w, shaped as the output.
  package func backward(outputGradient: [Double], input: [Double], activations: Activations, length: Int) -> Gradient {
    let slopes =
      waves == nil ? outputGradient : outputGradient.flatMap { [Double](repeating: $0 / Double(length), count: length) }
    let decoder = decoder.backward(outputGradient: slopes, input: activated(activations.convolved), length: length)
    let convolvedGradient =
      waves == nil ? decoder.input : zip(decoder.input, activations.convolved).map { $0 * ReferenceActivation.geluSlope($1) }
    let convolution = activations.convolution.backward(outputGradient: convolvedGradient, input: activations.encoded, length: length)
    let filtered = zip(convolution.circles, activations.circles).map { filter.backward(outputGradient: $0, kernel: $1) }
    let encoder = waves?.encoder.backward(outputGradient: convolution.input, input: input, length: length)
    return Gradient(
      input: encoder?.input ?? convolution.input, encoder: encoder,
      systems: zip(systems, filtered).map { DiagonalKernelGradient(of: $0, kernelGradient: Array($1.kernel.prefix(length))) },
      exponent: filtered.map(\.exponent).reduce(0, +), skip: convolution.skip.reduce(0, +), decoder: decoder)
  }

  private func activated(_ values: [Double]) -> [Double] { waves == nil ? values : values.map(ReferenceActivation.gelu) }
}
