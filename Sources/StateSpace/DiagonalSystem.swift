import ComplexModule

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

  /// λ̄ and B̄ of every mode.
  package var discreteModes: [(pole: Complex<Double>, inputWeight: Complex<Double>)] {
    zip(poles, inputWeights).map { discretization.discretize(pole: $0, inputWeight: $1, timestep: timestep) }
  }

  /// The impulse response K[k] = 2·Re Σₙ Cₙ·B̄ₙ·λ̄ₙᵏ, k = 0 ..< length.
  ///
  /// Each power is taken by itself, so errors do not grow along the kernel.
  package func kernel(length: Int) -> [Double] {
    let modes = discreteModes
    return (0..<length).map { step in
      zip(modes, outputWeights).reduce(0) { sum, term in
        let (mode, outputWeight) = term
        return sum + 2 * (outputWeight * mode.inputWeight * power(mode.pole, step)).real
      }
    }
  }

  /// The output of the state equation, step by step from a state of zero.
  package func recurrence(_ input: [Double]) -> [Double] {
    let modes = discreteModes
    var state = [Complex<Double>](repeating: .zero, count: poles.count)
    return input.map { value in
      var output = 0.0
      for (index, mode) in modes.enumerated() {
        state[index] = mode.pole * state[index] + mode.inputWeight * Complex(value)
        output += 2 * (outputWeights[index] * state[index]).real
      }
      return output
    }
  }

  /// The same output as the causal convolution of the input with the kernel.
  package func convolution(_ input: [Double]) -> [Double] {
    DirectConvolution.causal(input, kernel: kernel(length: input.count))
  }

  /// Σₖ K[k]·exp(−ikθ) over the endless kernel: Σₙ Cₙ·B̄ₙ/(1 − λ̄ₙ·exp(−iθ)), conjugate poles included.
  ///
  /// - Parameter angle: θ in radians per step.
  package func transferFunction(at angle: Double) -> Complex<Double> {
    let delay = Complex(length: 1, phase: -angle)
    return zip(discreteModes, outputWeights).reduce(Complex.zero) { sum, term in
      let (mode, outputWeight) = term
      let weight = outputWeight * mode.inputWeight
      return sum + weight / (1 - mode.pole * delay) + weight.conjugate / (1 - mode.pole.conjugate * delay)
    }
  }

  private func power(_ base: Complex<Double>, _ exponent: Int) -> Complex<Double> {
    exponent == 0 ? 1 : Complex.pow(base, exponent)
  }
}
