import ComplexModule
import StateSpace
import Vocabulary

/// Gradients of Σ K[k]·W[k] with respect to the parameters of a diagonal system, for weights W of its kernel K.
///
/// With z = Δλ, λ̄(z) and the gain g(z) of the discretisation, one mode contributes 2·Re(C·B·F), F = Δ·g·S, S = Σ W[k]·λ̄ᵏ.
/// A complex parameter's gradient is the pair (∂/∂Re, ∂/∂Im).
package struct DiagonalKernelGradient: Sendable {
  /// With respect to log Δ.
  package private(set) var logTimestep = 0.0
  /// With respect to log(−Re A), shape [N].
  package private(set) var logNegativeRealPoles: [Double] = []
  /// With respect to Im A, shape [N].
  package private(set) var imaginaryPoles: [Double] = []
  /// With respect to Re B and Im B, shape [N].
  package private(set) var inputWeights: [Complex<Double>] = []
  /// With respect to Re C and Im C, shape [N].
  package private(set) var outputWeights: [Complex<Double>] = []

  /// - Parameter kernelGradient: W; its length is the kernel's.
  package init(of system: DiagonalSystem, kernelGradient: [Double]) {
    let timestep = Complex(system.timestep)
    for index in system.poles.indices {
      let pole = system.poles[index]
      let inputWeight = system.inputWeights[index]
      let outputWeight = system.outputWeights[index]
      let mode = system.discretization.mode(at: pole * timestep)
      let (sum, sumSlope) = Self.powerSums(kernelGradient, mode)

      let product = mode.gain * sum  // g·S
      let productSlope = mode.gainSlope * sum + mode.gain * sumSlope  // d(g·S)/dz
      let response = timestep * product  // F
      outputWeights.append((2 * inputWeight * response).conjugate)
      inputWeights.append((2 * outputWeight * response).conjugate)

      let weight = 2 * outputWeight * inputWeight
      let poleGradient = (weight * timestep * timestep * productSlope).conjugate  // dF/dA = Δ²·d(g·S)/dz
      logNegativeRealPoles.append(pole.real * poleGradient.real)  // d Re A / d log(−Re A) = Re A
      imaginaryPoles.append(poleGradient.imaginary)
      let timestepGradient = timestep * (product + pole * timestep * productSlope)  // dF/d log Δ = Δ·(g·S + z·d(g·S)/dz)
      logTimestep += (weight * timestepGradient).real
    }
  }

  /// S = Σ W[k]·λ̄ᵏ and dS/dz.
  private static func powerSums(_ weights: [Double], _ mode: Discretization.Mode) -> (Complex<Double>, Complex<Double>) {
    var sum = Complex<Double>.zero
    var poleSlope = Complex<Double>.zero  // dS/dλ̄
    var power = Complex<Double>.one
    var previousPower = Complex<Double>.zero
    for (step, weight) in weights.enumerated() {
      sum += Complex(weight) * power
      poleSlope += Complex(Double(step) * weight) * previousPower
      previousPower = power
      power *= mode.pole
    }
    return (sum, poleSlope * mode.poleSlope)
  }
}
