import ComplexModule
import Foundation
import StateSpace

extension HankelSystem {
  /// Gradients of Σ Re g·Re w + Im g·Im w.
  package struct Gradient: Sendable {
    /// With respect to Re h and Im h, shape [n].
    package fileprivate(set) var markovParameters: [Complex<Double>]
    /// With respect to log Δt.
    package fileprivate(set) var logTimestep = 0.0
  }

  /// - Parameter samplesGradient: w, one for each sample.
  package func gradient(samplesGradient: [Complex<Double>]) -> Gradient {
    var gradient = Gradient(markovParameters: markovParameters.map { _ in .zero })
    let count = samplesGradient.count
    for (sample, (angle, slope)) in zip(warpedAngles(count: count), samplesGradient).enumerated() {
      // sin θ′ from the halves: exact where θ′ is near π, and 0 at ω = −1, where the cosine of a rounded π/2 is not.
      let half = .pi * Double(sample) / Double(count)
      let (c, s) = (2 * sample == count ? 0 : timestep * cos(half), sin(half))
      let sine = 2 * c * s / (c * c + s * s)
      for (index, parameter) in markovParameters.enumerated() {
        let degree = Double(index + 1)
        let turn = Complex<Double>.exp(Complex(0, angle * degree))
        gradient.markovParameters[index] += slope * turn
        let angleSlope = (slope.conjugate * Complex(0, -degree) * parameter * turn.conjugate).real
        gradient.logTimestep -= sine * angleSlope  // dθ′/d log Δt = −sin θ′
      }
    }
    return gradient
  }
}
