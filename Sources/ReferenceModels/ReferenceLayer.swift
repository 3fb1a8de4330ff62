/// A whole state space layer in Double, forward and backward: what the fast layers are tested against.
///
/// u → convolution + D·u → GELU → linear map of channels C → 2H → gate → y. Sequences are row-major [B, H, L]. The kernels come from
/// outside, each on a circle of points, so every parameterisation and filter fits.
///
/// - Source: the stand-alone S4D of state-spaces/s4.
package struct ReferenceLayer: Sendable {
  package var convolution: ReferenceConvolution
  /// C → 2H.
  package var mixing: ReferenceMixing

  package init(convolution: ReferenceConvolution, mixing: ReferenceMixing) {
    self.convolution = convolution
    self.mixing = mixing
  }

  private func half(_ length: Int) -> Int { mixing.bias.count / 2 * length }

  /// Every intermediate value of the forward pass.
  package struct Activations: Sendable {
    /// Convolution plus skip term, shape [B, C, L].
    package let convolved: [Double]
    /// After GELU, shape [B, C, L].
    package let activated: [Double]
    /// Before the gate, shape [B, 2H, L].
    package let mixed: [Double]
    /// y, shape [B, H, L].
    package let output: [Double]
  }

  /// - Parameters:
  ///   - input: u, shape [B, H, L].
  ///   - dropout: applied before the GELU and behind it.
  package func forward(
    _ input: [Double], length: Int, dropout: (_ values: [Double], _ isBehindGELU: Bool) -> [Double] = { values, _ in values }
  ) -> Activations {
    let convolved = convolution.forward(input, length: length)
    let activated = dropout(dropout(convolved, false).map(ReferenceActivation.gelu), true)
    let mixed = mixing.forward(activated, length: length)
    let output = ReferenceActivation.gate(mixed, half: half(length))
    return Activations(convolved: convolved, activated: activated, mixed: mixed, output: output)
  }

  /// Gradients of Σ y·w: of the convolution's arguments and of the mixing map.
  package struct Gradient: Sendable {
    package let convolution: ReferenceConvolution.Gradient
    package let mixing: ReferenceMixing.Gradient
  }

  /// - Parameter outputGradient: w, shape [B, H, L].
  /// - Precondition: the forward pass was one without dropout.
  package func backward(outputGradient: [Double], input: [Double], activations: Activations, length: Int) -> Gradient {
    let mixedGradient = ReferenceActivation.gateGradient(outputGradient, activations.mixed, half: half(length))
    let mixing = mixing.backward(outputGradient: mixedGradient, input: activations.activated, length: length)
    let convolvedGradient = zip(mixing.input, activations.convolved).map { $0 * ReferenceActivation.geluSlope($1) }
    let convolution = convolution.backward(outputGradient: convolvedGradient, input: input, length: length)
    return Gradient(convolution: convolution, mixing: mixing)
  }
}
