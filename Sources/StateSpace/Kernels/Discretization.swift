import ComplexModule
import Vocabulary

extension Discretization {
  /// One pole λ as a function of z = Δλ, with derivatives: the discrete pole λ̄ and the gain g = B̄/(Δ·B).
  package struct Mode: Sendable {
    /// λ̄(z)
    package let pole: Complex<Double>
    /// dλ̄/dz
    package let poleSlope: Complex<Double>
    /// g(z)
    package let gain: Complex<Double>
    /// dg/dz
    package let gainSlope: Complex<Double>
  }

  /// - Parameter scaledPole: z = Δλ, no unit.
  package func mode(at scaledPole: Complex<Double>) -> Mode {
    switch self {
    case .zeroOrderHold:
      let pole = Complex.exp(scaledPole)
      return Mode(
        pole: pole, poleSlope: pole, gain: RelativeExponential.value(scaledPole), gainSlope: RelativeExponential.slope(scaledPole))
    case .bilinear:
      let inverse = (1 - scaledPole / 2).reciprocal ?? .infinity
      return Mode(pole: (1 + scaledPole / 2) * inverse, poleSlope: inverse * inverse, gain: inverse, gainSlope: inverse * inverse / 2)
    }
  }

  /// 1 − |λ̄(z)|, without cancellation for poles next to the unit circle.
  ///
  /// - Parameter scaledPole: z = Δλ, no unit.
  package func margin(at scaledPole: Complex<Double>) -> Double {
    switch self {
    case .zeroOrderHold: -.expMinusOne(scaledPole.real)
    case .bilinear: -2 * scaledPole.real / (1 - scaledPole / 2).lengthSquared / (1 + mode(at: scaledPole).pole.length)
    }
  }

  /// The discrete pole λ̄ and the discrete input weight B̄ of a continuous pole λ with input weight B and timestep Δ.
  ///
  /// - zeroOrderHold: B̄ = B·(exp(Δλ) − 1)/λ, accurate also for |Δλ| next to 0
  /// - bilinear: B̄ = Δ·B/(1 − Δλ/2)
  package func discretize(
    pole: Complex<Double>, inputWeight: Complex<Double>, timestep: Double
  ) -> (pole: Complex<Double>, inputWeight: Complex<Double>) {
    let mode = mode(at: pole * Complex(timestep))
    return (mode.pole, mode.gain * inputWeight * Complex(timestep))
  }
}
