import ComplexModule
import Foundation

/// Initial poles of S4D-Lin with frequencies scaled by α, in the three forms of the released scripts; N stored poles, no halving.
///
/// - Source: TFB (Yu et al., 2025), Section 4, with the details of its code.
package enum TunedPoles {
  /// −½ + i·α·π·(1.3 + n): the regressor of waves.
  package static func waves(scale: Double, modeCount: Int) -> [Complex<Double>] {
    (0..<modeCount).map { Complex(-0.5, scale * .pi * (1.3 + Double($0))) }
  }

  /// −½ − i·max(α·π·n, 1e-4): the Long Range Arena layer, which keeps frequencies positive and so moves the first one off zero.
  package static func longRangeArena(scale: Double, modeCount: Int) -> [Complex<Double>] {
    (0..<modeCount).map { Complex(-0.5, -max(scale * .pi * Double($0), 1e-4)) }
  }

  /// −3 + i·spacing·n, and −exp(−5) for n = 0: the denoiser; its experiments give the spacing itself, 490.52, π, π/3 or 10π.
  package static func denoising(spacing: Double, modeCount: Int) -> [Complex<Double>] {
    (0..<modeCount).map { $0 == 0 ? Complex(-exp(-5)) : Complex(-3, spacing * Double($0)) }
  }
}
