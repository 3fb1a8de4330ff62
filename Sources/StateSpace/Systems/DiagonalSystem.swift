import ComplexModule
import Vocabulary

/// A single-input, single-output linear system with diagonal state matrix; only one pole of each conjugate pair is stored.
///
/// Continuous: x′ = A·x + B·u, y = 2·Re(C·x). Discrete, after `discretization` with step Δ: xₖ = λ̄·xₖ₋₁ + B̄·uₖ, yₖ = 2·Re(C·xₖ).
///
/// Everything here is the definition written out in Double, slow on purpose; `Operations` is tested against it.
package struct DiagonalSystem: Sendable {
  /// A, shape [N].
  package var poles: [Complex<Double>]
  /// B, shape [N].
  package var inputWeights: [Complex<Double>]
  /// C, shape [N].
  package var outputWeights: [Complex<Double>]
  /// Δ, in units of the system's time.
  package var timestep: Double
  package var discretization: Discretization

  /// - Parameter inputWeights: nil for all ones.
  /// - Precondition: one weight of each kind for each pole.
  package init(
    poles: [Complex<Double>], inputWeights: [Complex<Double>]? = nil, outputWeights: [Complex<Double>], timestep: Double,
    discretization: Discretization = .zeroOrderHold
  ) {
    self.poles = poles
    self.inputWeights = inputWeights ?? poles.map { _ in 1 }
    self.outputWeights = outputWeights
    self.timestep = timestep
    self.discretization = discretization
    let counts = (self.inputWeights.count, outputWeights.count)
    precondition(counts == (poles.count, poles.count), "DiagonalSystem: \(counts) input and output weights for \(poles.count) poles")
  }

  /// The system in discrete time.
  package var discrete: DiscreteSystem {
    DiscreteSystem(
      modes: poles.indices.map { index in
        let (pole, inputWeight) = discretization.discretize(pole: poles[index], inputWeight: inputWeights[index], timestep: timestep)
        return DiscreteSystem.Mode(
          pole: pole, margin: discretization.margin(at: Complex(timestep) * poles[index]), inputWeight: inputWeight,
          outputWeight: outputWeights[index])
      })
  }

  /// The impulse response K[k] = 2·Re Σₙ Cₙ·B̄ₙ·λ̄ₙᵏ, k = 0 ..< length.
  package func kernel(length: Int) -> [Double] { discrete.kernel(length: length) }

  /// The output of the state equation, step by step from a state of zero.
  package func recurrence(_ input: [Double]) -> [Double] { discrete.recurrence(input) }

  /// The output as the causal convolution of the input with the kernel.
  package func convolution(_ input: [Double]) -> [Double] {
    DirectConvolution.causal(input, kernel: kernel(length: input.count))
  }

  /// Σₖ K[k]·exp(−ikθ) over the endless kernel.
  ///
  /// - Parameter angle: θ in radians per step.
  package func transferFunction(at angle: Double) -> Complex<Double> { discrete.transferFunction(at: angle) }
}
