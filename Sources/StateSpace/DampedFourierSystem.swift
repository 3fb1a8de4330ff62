import ComplexModule

/// A discrete diagonal system on damped Fourier modes: λ̄ₙ = exp(−ξ/2 + iΩₙ), y = factor·Re(C·x).
///
/// - Source: DFouT (2025), Section 4.2.
package struct DampedFourierSystem: Sendable {
  /// How the input enters a mode.
  package enum InputFactor: String, Codable, Sendable, CaseIterable {
    /// B̄ = ξ·(λ̄ − 1)/log λ̄, a zero-order hold with step ξ, which has the gain of S4D.
    case zeroOrderHold
    /// B̄ = 1, as the text says.
    case unit
  }

  /// ξ ≥ 0, shared by the modes.
  package var damping: Double
  /// Ω in radians per step, shape [N].
  package var angles: [Double]
  /// C, shape [N].
  package var outputWeights: [Complex<Double>]
  package var inputFactor: InputFactor
  /// 2 for modes of the half plane, 1 where all modes are stored.
  package var outputFactor: Double

  /// - Precondition: one output weight for each angle.
  package init(
    damping: Double, angles: [Double], outputWeights: [Complex<Double>], inputFactor: InputFactor = .zeroOrderHold,
    outputFactor: Double = 2
  ) {
    precondition(angles.count == outputWeights.count, "DampedFourierSystem: \(outputWeights.count) weights for \(angles.count) angles")
    self.damping = damping
    self.angles = angles
    self.outputWeights = outputWeights
    self.inputFactor = inputFactor
    self.outputFactor = outputFactor
  }

  /// z = log λ̄ = −ξ/2 + iΩ.
  package var logarithmicPoles: [Complex<Double>] { angles.map { Complex(-damping / 2, $0) } }

  package var discrete: DiscreteSystem {
    DiscreteSystem(
      modes: zip(logarithmicPoles, outputWeights).map { logarithm, outputWeight in
        DiscreteSystem.Mode(
          pole: .exp(logarithm), margin: -.expMinusOne(logarithm.real), inputWeight: inputWeight(logarithm).value,
          outputWeight: outputWeight)
      }, outputFactor: outputFactor)
  }

  /// K[k] = factor·Re Σ Cₙ·B̄ₙ·λ̄ₙᵏ, k = 0 ..< length.
  package func kernel(length: Int) -> [Double] { discrete.kernel(length: length) }

  /// The system on every r-th sample: ξ and Ω times r. Angles above π then alias.
  package func resampled(every rate: Int) -> DampedFourierSystem {
    var system = self
    system.damping *= Double(rate)
    system.angles = angles.map { $0 * Double(rate) }
    return system
  }

  /// Descending; two for each mode, because the real part of the output takes in its conjugate.
  ///
  /// - Throws: `StageError` (`badData`) without damping.
  package func hankelSingularValues() throws -> [Double] {
    let inputWeights = logarithmicPoles.map { inputWeight($0).value }
    let (poles, half) = (logarithmicPoles, Complex(outputFactor / 2))
    return try HankelSingularValues.discrete(
      logarithmicPoles: poles + poles.map(\.conjugate), inputWeights: inputWeights + inputWeights.map(\.conjugate),
      outputWeights: (outputWeights + outputWeights.map(\.conjugate)).map { half * $0 })
  }

  /// Gradients of Σ K[k]·W[k].
  package struct Gradient: Sendable {
    /// With respect to log ξ.
    package fileprivate(set) var logDamping = 0.0
    /// With respect to Ω, shape [N].
    package fileprivate(set) var angles: [Double] = []
    /// With respect to Re C and Im C, shape [N].
    package fileprivate(set) var outputWeights: [Complex<Double>] = []
  }

  /// - Parameter kernelGradient: W; its length is the kernel's.
  package func gradient(kernelGradient: [Double]) -> Gradient {
    var gradient = Gradient()
    for (logarithm, outputWeight) in zip(logarithmicPoles, outputWeights) {
      let input = inputWeight(logarithm)
      let (sum, slope) = PowerSum.value(kernelGradient, logarithmicPole: logarithm)
      let factor = Complex(outputFactor)
      gradient.outputWeights.append((factor * input.value * sum).conjugate)
      let poleSlope = factor * outputWeight * (input.slope * sum + input.value * slope)  // d loss / dz
      gradient.angles.append((poleSlope * .i).real)
      let direct = inputFactor == .unit ? 0 : (factor * outputWeight * input.value * sum).real  // B̄ is proportional to ξ
      gradient.logDamping += direct - damping / 2 * poleSlope.real
    }
    return gradient
  }

  /// B̄ and dB̄/dz at constant ξ.
  private func inputWeight(_ logarithm: Complex<Double>) -> (value: Complex<Double>, slope: Complex<Double>) {
    switch inputFactor {
    case .unit: (1, 0)
    case .zeroOrderHold:
      (Complex(damping) * RelativeExponential.value(logarithm), Complex(damping) * RelativeExponential.slope(logarithm))
    }
  }
}

/// S(z) = Σ W[k]·exp(kz).
enum PowerSum {
  /// S and dS/dz = Σ k·W[k]·exp(kz).
  static func value(_ weights: [Double], logarithmicPole: Complex<Double>) -> (sum: Complex<Double>, slope: Complex<Double>) {
    weights.enumerated().reduce((Complex.zero, Complex.zero)) { sums, term in
      let power = Complex.exp(Complex(Double(term.offset)) * logarithmicPole)
      return (sums.0 + Complex(term.element) * power, sums.1 + Complex(Double(term.offset) * term.element) * power)
    }
  }
}
