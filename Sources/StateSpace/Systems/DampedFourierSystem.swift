import ComplexModule
import Vocabulary

/// A discrete diagonal system on damped Fourier modes: λ̄ₙ = exp(−ξ/2 + iΩₙ), xₖ = λ̄·xₖ₋₁ + B̄·uₖ, yₖ = factor·Re(C·xₖ).
///
/// - Source: DFouT (2025), Sections 3.3 and 4.2; `FourierInputFactor` says how B̄ follows from B.
package struct DampedFourierSystem: Sendable {
  /// ξ ≥ 0, shared by the modes.
  package var damping: Double
  /// Ω in radians per step, shape [N].
  package var angles: [Double]
  /// B, shape [N].
  package var inputWeights: [Complex<Double>]
  /// C, shape [N].
  package var outputWeights: [Complex<Double>]
  package var inputFactor: FourierInputFactor
  /// 2 for modes of the half plane, 1 where all modes are stored.
  package var outputFactor: Double

  /// - Parameter inputWeights: nil for all ones.
  /// - Precondition: one weight of each kind for each angle.
  package init(
    damping: Double, angles: [Double], inputWeights: [Complex<Double>]? = nil, outputWeights: [Complex<Double>],
    inputFactor: FourierInputFactor = .zeroOrderHold, outputFactor: Double = 2
  ) {
    self.damping = damping
    self.angles = angles
    self.inputWeights = inputWeights ?? angles.map { _ in 1 }
    let counts = (self.inputWeights.count, outputWeights.count)
    precondition(
      counts == (angles.count, angles.count), "DampedFourierSystem: \(counts) input and output weights for \(angles.count) angles")
    self.outputWeights = outputWeights
    self.inputFactor = inputFactor
    self.outputFactor = outputFactor
  }

  /// z = log λ̄ = −ξ/2 + iΩ.
  package var logarithmicPoles: [Complex<Double>] { angles.map { Complex(-damping / 2, $0) } }

  package var discrete: DiscreteSystem {
    DiscreteSystem(
      modes: zip(logarithmicPoles, zip(discreteInputWeights, outputWeights)).map { logarithm, weights in
        DiscreteSystem.Mode(
          pole: .exp(logarithm), margin: -.expMinusOne(logarithm.real), inputWeight: weights.0, outputWeight: weights.1)
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
    let inputWeights = discreteInputWeights
    let (poles, half) = (logarithmicPoles, Complex(outputFactor / 2))
    return try HankelSingularValues.discrete(
      logarithmicPoles: poles + poles.map(\.conjugate), inputWeights: inputWeights + inputWeights.map(\.conjugate),
      outputWeights: (outputWeights + outputWeights.map(\.conjugate)).map { half * $0 })
  }

  /// B̄, shape [N].
  private var discreteInputWeights: [Complex<Double>] {
    zip(inputWeights, logarithmicPoles).map { $0 * inputGain($1).value }
  }

  /// g in B̄ = B·g, and dg/dz at constant ξ.
  package func inputGain(_ logarithm: Complex<Double>) -> (value: Complex<Double>, slope: Complex<Double>) {
    switch inputFactor {
    case .unit: (1, 0)
    case .zeroOrderHold:
      (Complex(damping) * RelativeExponential.value(logarithm), Complex(damping) * RelativeExponential.slope(logarithm))
    }
  }
}
