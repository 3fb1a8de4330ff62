import ComplexModule
import Foundation

/// Random initial poles; the caller gives the generator and with it the seed.
package enum RandomPoles {
  /// Uniform in the left half of the disc of radius π·N around 0, which is as far as S4D-Lin reaches.
  ///
  /// - Parameter modeCount: N, stored modes.
  /// - Source: ours, because no source gives the random poles that HOPE's Figures 2 and 3 compare with.
  package static func leftHalfDisc(modeCount: Int, using generator: inout some RandomNumberGenerator) -> [Complex<Double>] {
    let fractions = 0x1p-53..<1.0  // never 0, so the damping is never 0
    return (0..<modeCount).map { _ in
      // The area below a radius grows with its square.
      let radius = .pi * Double(modeCount) * Double.random(in: fractions, using: &generator).squareRoot()
      let turn = .pi * Double.random(in: fractions, using: &generator)
      return Complex(-radius * sin(turn), radius * cos(turn))
    }
  }

  /// Angles uniform on [0, 2π), in radians per step: the ablation S4D-RndImag.
  ///
  /// - Source: DFouT (2025), Appendix C.6.
  package static func angles(modeCount: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
    (0..<modeCount).map { _ in .random(in: 0..<2 * .pi, using: &generator) }
  }
}
