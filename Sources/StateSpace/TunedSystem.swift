import ComplexModule
import Foundation

/// A diagonal system with TFB's frequency filter, (1 + slope·|θ|)ᵝ at the angle θ in radians per step.
///
/// The three scripts count frequencies in three units: cycles per sample have the slope 1/(2π), bins of a transform of M points over
/// 10,000 have M/(2π·10,000), and radians per unit of time, as the text has them, 1/Δ.
///
/// - Source: TFB (Yu et al., 2025), Section 4.
package struct TunedSystem: Sendable {
  package var system: DiagonalSystem
  /// β.
  package var exponent: Double
  /// In steps per radian.
  package var slope: Double

  package init(system: DiagonalSystem, exponent: Double, slope: Double = TunedSystem.cyclesPerSample) {
    self.system = system
    self.exponent = exponent
    self.slope = slope
  }

  /// 1 + |θ|/(2π), the Long Range Arena layer.
  package static let cyclesPerSample = 0.5 / Double.pi

  /// 1 + k/10,000 for bin k of a transform of `count` points.
  package static func binsOver10000(count: Int) -> Double { Double(count) / (20_000 * .pi) }

  /// The impulse response after the filter at lags −length ..< length, on a circle of twice the length; the filter is not causal.
  package func kernel(length: Int) -> [Double] {
    let count = 2 * length
    let spectrum = ReferenceFourierTransform.forward(DirectConvolution.circle(forward: system.kernel(length: length)))
    let filtered = spectrum.indices.map { bin in
      Complex(weight(at: 2 * .pi * Double(min(bin, count - bin)) / Double(count))) * spectrum[bin]
    }
    let circle = ReferenceFourierTransform.inverse(filtered).map(\.real)
    return Array(circle.suffix(length) + circle.prefix(length))
  }

  /// - Parameter angle: θ in radians per step, from −π to π.
  package func transferFunction(at angle: Double) -> Complex<Double> { Complex(weight(at: angle)) * system.transferFunction(at: angle) }

  /// - Parameter frequency: ω in radians per unit of time.
  package func continuousTransferFunction(atFrequency frequency: Double) -> Complex<Double> {
    Complex(weight(at: system.timestep * frequency)) * system.continuousTransferFunction(atFrequency: frequency)
  }

  private func weight(at angle: Double) -> Double { pow(1 + slope * abs(angle), exponent) }
}
