import ComplexModule
import Foundation

/// What a real input meets: outputs are real parts, and these depend on Re h alone, because g(−θ) and the conjugate of g(θ) differ by Im h.
extension HankelSystem {
  /// θ′ of one angle, |θ| ≤ π.
  package func warpedAngle(_ angle: Double) -> Double { 2 * atan2(sin(angle / 2), timestep * cos(angle / 2)) }

  /// (Ḡ(θ′) + conj Ḡ(−θ′))/2 = Σ Re hⱼ·exp(−i(j+1)θ′).
  ///
  /// - Parameter angle: θ in radians per step, |θ| ≤ π.
  package func transferFunction(at angle: Double) -> Complex<Double> {
    let warped = warpedAngle(angle)
    return markovParameters.enumerated().reduce(.zero) { sum, parameter in
      sum + Complex(length: parameter.element.real, phase: -warped * Double(parameter.offset + 1))
    }
  }

  /// The kernel of the circular convolution with `length` points.
  package func kernel(length: Int) -> [Double] { FrequencySamples.kernel(samples(count: length)) }
}
