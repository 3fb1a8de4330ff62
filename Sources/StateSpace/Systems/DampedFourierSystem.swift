import ComplexModule
import Vocabulary

/// A discrete diagonal system on damped Fourier modes: λ̄ₙ = exp(−ξ/2 + iΩₙ), y = factor·Re(C·x).
///
/// - Source: DFouT (2025), Section 4.2.
package struct DampedFourierSystem: Sendable {
  /// ξ ≥ 0, shared by the modes.
  package var damping: Double
  /// Ω in radians per step, shape [N].
  package var angles: [Double]
  /// C, shape [N].
  package var outputWeights: [Complex<Double>]
  package var inputFactor: FourierInputFactor
  /// 2 for modes of the half plane, 1 where all modes are stored.
  package var outputFactor: Double

  /// - Precondition: one output weight for each angle.
  package init(
    damping: Double, angles: [Double], outputWeights: [Complex<Double>], inputFactor: FourierInputFactor = .zeroOrderHold,
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

  /// B̄ and dB̄/dz at constant ξ.
  package func inputWeight(_ logarithm: Complex<Double>) -> (value: Complex<Double>, slope: Complex<Double>) {
    switch inputFactor {
    case .unit: (1, 0)
    case .zeroOrderHold:
      (Complex(damping) * RelativeExponential.value(logarithm), Complex(damping) * RelativeExponential.slope(logarithm))
    }
  }
}
