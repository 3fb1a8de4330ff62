import ComplexModule
import Foundation

/// A system given by its Markov parameters and a time step: the transfer function Ḡ(ω′) = Σ hⱼ·ω′^(−j−1) on a warped unit circle.
///
/// The angle θ of the input's frequency becomes θ′ with tan(θ′/2) = tan(θ/2)/Δt: a small Δt slows the system.
///
/// - Source: HOPE (Yu et al., 2025), Algorithm 1.
package struct HankelSystem: Sendable {
  /// h, shape [n].
  package var markovParameters: [Complex<Double>]
  /// Δt > 0.
  package var timestep: Double

  package init(markovParameters: [Complex<Double>], timestep: Double) {
    self.markovParameters = markovParameters
    self.timestep = timestep
  }

  /// θ′ of the angles 2πk/S, k = 0 ..< S; π at θ = π.
  package func warpedAngles(count: Int) -> [Double] {
    (0..<count).map { warpedAngle(2 * .pi * Double($0) / Double(count)) }
  }

  /// g[k] = Ḡ(exp(iθ′ₖ)), k = 0 ..< count, by summation.
  package func samples(count: Int) -> [Complex<Double>] {
    warpedAngles(count: count).map { angle in
      markovParameters.enumerated().reduce(.zero) { $0 + $1.element * .exp(Complex(0, -angle * Double($1.offset + 1))) }
    }
  }

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

  /// The only pole of the system in the plane of the input's frequencies, n-fold: ω′ = 0 is ω = (1 − Δt)/(1 + Δt).
  package var pole: Double { (1 - timestep) / (1 + timestep) }

  /// Descending; they depend on h alone.
  package func hankelSingularValues() throws -> [Double] { try HankelSingularValues.markov(markovParameters) }
}
