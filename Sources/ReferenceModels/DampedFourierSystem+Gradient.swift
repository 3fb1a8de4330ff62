import ComplexModule
import StateSpace

extension DampedFourierSystem {
  /// Gradients of Σ K[k]·W[k].
  package struct Gradient: Sendable {
    /// With respect to log ξ.
    package fileprivate(set) var logDamping = 0.0
    /// With respect to Ω, shape [N].
    package fileprivate(set) var angles: [Double] = []
    /// With respect to Re B and Im B, shape [N].
    package fileprivate(set) var inputWeights: [Complex<Double>] = []
    /// With respect to Re C and Im C, shape [N].
    package fileprivate(set) var outputWeights: [Complex<Double>] = []
  }

  /// - Parameter kernelGradient: W; its length is the kernel's.
  package func gradient(kernelGradient: [Double]) -> Gradient {
    var gradient = Gradient()
    for (logarithm, weights) in zip(logarithmicPoles, zip(inputWeights, outputWeights)) {
      let gain = inputGain(logarithm)
      let (sum, slope) = PowerSum.value(kernelGradient, logarithmicPole: logarithm)
      let factor = Complex(outputFactor)
      let response = factor * gain.value * sum
      gradient.inputWeights.append((weights.1 * response).conjugate)
      gradient.outputWeights.append((weights.0 * response).conjugate)
      let product = weights.0 * weights.1
      let poleSlope = factor * product * (gain.slope * sum + gain.value * slope)  // d loss / dz
      gradient.angles.append((poleSlope * .i).real)
      let direct = inputFactor == .unit ? 0 : (product * response).real  // B̄ is proportional to ξ
      gradient.logDamping += direct - damping / 2 * poleSlope.real
    }
    return gradient
  }
}

/// S(z) = Σ W[k]·exp(kz).
private enum PowerSum {
  /// S and dS/dz = Σ k·W[k]·exp(kz).
  static func value(_ weights: [Double], logarithmicPole: Complex<Double>) -> (sum: Complex<Double>, slope: Complex<Double>) {
    weights.enumerated().reduce((Complex.zero, Complex.zero)) { sums, term in
      let power = Complex.exp(Complex(Double(term.offset)) * logarithmicPole)
      return (sums.0 + Complex(term.element) * power, sums.1 + Complex(Double(term.offset) * term.element) * power)
    }
  }
}
