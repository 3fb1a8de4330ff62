import ComplexModule
import Foundation
import LinearAlgebra
import Vocabulary

/// A diagonal system with TFB's frequency filter: at each angle the transfer function times baseᵝ.
///
/// The three scripts count frequencies in two units: cycles per sample, 1 + |θ|/(2π) at the angle θ in radians per step, and bins of a
/// transform of M points, 1 + k/10,000 at k = M·|θ|/(2π).
///
/// - Source: TFB (Yu et al., 2025), Section 4.
package struct TunedSystem: Sendable {
  package var system: DiagonalSystem
  /// β.
  package var exponent: Double
  package var weighting: FilterWeighting
  /// M; of no importance for cycles per sample.
  package var pointCount: Double

  package init(
    system: DiagonalSystem, exponent: Double, weighting: FilterWeighting = .cyclesPerSample, pointCount: Double = 1
  ) {
    self.system = system
    self.exponent = exponent
    self.weighting = weighting
    self.pointCount = pointCount
  }

  /// The layer on every r-th sample: a transform over the same time has M/r points, so its bins keep their frequencies; cycles are those
  /// of the samples that are left.
  package func resampled(every rate: Int) -> TunedSystem {
    var tuned = self
    tuned.system.timestep *= Double(rate)
    tuned.pointCount /= Double(rate)
    return tuned
  }

  /// The impulse response after the filter at lags −length ..< length, on a circle of twice the length; the filter is not causal.
  package func kernel(length: Int) -> [Double] {
    let count = 2 * length
    let spectrum = DiscreteFourierTransform.forward(DirectConvolution.circle(forward: system.kernel(length: length)))
    let filtered = spectrum.indices.map { bin in
      Complex(weight(at: 2 * .pi * Double(min(bin, count - bin)) / Double(count))) * spectrum[bin]
    }
    let circle = DiscreteFourierTransform.inverse(filtered).map(\.real)
    return Array(circle.suffix(length) + circle.prefix(length))
  }

  /// - Parameter angle: θ in radians per step, from −π to π.
  package func transferFunction(at angle: Double) -> Complex<Double> { Complex(weight(at: angle)) * system.transferFunction(at: angle) }

  /// - Parameter frequency: ω in radians per unit of time; factors go on growing behind the last angle of the samples.
  /// - Precondition: the weighting is symmetric; others are counted from the last bin of a transform.
  package func continuousTransferFunction(atFrequency frequency: Double) -> Complex<Double> {
    precondition(weighting.isSymmetric, "TunedSystem: \(weighting) in continuous time")
    let turn = system.timestep * abs(frequency) / (2 * .pi)
    let base = 1 + (weighting == .cyclesPerSample ? turn : pointCount * turn / 10000)
    return Complex(pow(base, exponent)) * system.continuousTransferFunction(atFrequency: frequency)
  }

  /// The mean of the factors at both signs, which is what the real part of the output sees.
  private func weight(at angle: Double) -> Double {
    let bin = pointCount * abs(angle) / (2 * .pi)
    return [bin, bin == 0 ? 0 : pointCount - bin].map { pow(weighting.base(bin: $0, of: pointCount), exponent) / 2 }.reduce(0, +)
  }
}
