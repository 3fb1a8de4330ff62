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

  /// The only pole of the system in the plane of the input's frequencies, n-fold: ω′ = 0 is ω = (1 − Δt)/(1 + Δt).
  package var pole: Double { (1 - timestep) / (1 + timestep) }

  /// Descending; they depend on h alone.
  package func hankelSingularValues() throws -> [Double] { try HankelSingularValues.markov(markovParameters) }
}
