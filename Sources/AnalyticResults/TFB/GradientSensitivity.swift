import ComplexModule
import Foundation
import LinearAlgebra
import RunSupport
import StateSpace

/// How strongly an error at frequency s pulls on the frequency yⱼ of a pole: training moves poles to what is near them, unless β tilts it.
///
/// The error is |w·(G(is) − T(is))|² with w = (1 + |s|)^β and a target T of the same poles and other random C. Its derivative by yⱼ is
/// 2·w²·Re(conj(G − T)·∂G/∂yⱼ), and ∂G/∂yⱼ = i·cⱼ/(is − aⱼ)² − i·conj(cⱼ)/(is − conj aⱼ)².
///
/// - Source: TFB, Section 3 (damped where |s − yⱼ| is large) and Section 4 (β); sizes and target are ours.
package struct GradientSensitivity: AnalyticResult {
  package let name = "tfb-gradient-sensitivity"
  package let paper = AnalyticPaper.tfb
  package let title = "TFB: pull of an error at frequency s on the frequency of a pole, S4D-Lin (α = 1)"

  /// n of yₙ = nπ.
  static let modes = [1, 8, 31]
  static let exponents = [-1.0, 0, 1]

  package func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(
      columns: [
        "mode", "pole_radians_per_time", "beta", "frequency_radians_per_time", "gradient_10", "gradient_median", "gradient_90", "draws",
      ])
    let count = TunedSystems.drawCount(context)
    // Neighbouring draws are system and target.
    let systems = try TunedSystems.systems(scale: 1, count: 2 * count)
    let frequencies = TunedSystems.frequencies(context)
    for mode in Self.modes {
      let gradients = orderedMap(frequencies) { frequency in
        (0..<count).map { draw in
          let error =
            systems[2 * draw].continuousTransferFunction(atFrequency: frequency)
            - systems[2 * draw + 1].continuousTransferFunction(atFrequency: frequency)
          return abs(2 * (error.conjugate * Self.derivative(systems[2 * draw], mode: mode, frequency: frequency)).real)
        }
      }
      for exponent in Self.exponents {
        for (frequency, values) in zip(frequencies, gradients) {
          let band = Quantiles(values.map { pow(1 + frequency, 2 * exponent) * $0 })
          table.append(mode, .pi * Double(mode), exponent, frequency, band.low, band.median, band.high, count)
        }
      }
    }
    return [table]
  }

  /// ∂G(is)/∂yⱼ for the j-th stored pole, which is aⱼ with its negative imaginary part: y is the frequency of its conjugate.
  package static func derivative(_ system: DiagonalSystem, mode: Int, frequency: Double) -> Complex<Double> {
    let (point, pole, weight) = (Complex(0, frequency), system.poles[mode].conjugate, system.outputWeights[mode].conjugate)
    let (near, far) = (point - pole, point - pole.conjugate)
    return .i * (weight / (near * near) - weight.conjugate / (far * far))
  }
}
