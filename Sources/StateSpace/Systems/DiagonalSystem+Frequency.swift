import ComplexModule
import Foundation

/// The continuous system in time and frequency, and what sampling does to it.
extension DiagonalSystem {
  /// g(t) = 2·Re Σ C·B·exp(tA) at the given times, t ≥ 0 in units of the system's time.
  package func impulseResponse(at times: [Double]) -> [Double] {
    times.map { time in
      poles.indices.reduce(0) { $0 + 2 * (outputWeights[$1] * inputWeights[$1] * Complex.exp(Complex(time) * poles[$1])).real }
    }
  }

  /// G(iω) = Σ C·B/(iω − A), conjugate poles included; ω in radians per unit of time.
  package func continuousTransferFunction(atFrequency frequency: Double) -> Complex<Double> {
    let point = Complex(0, frequency)
    return poles.indices.reduce(.zero) { sum, index in
      let weight = outputWeights[index] * inputWeights[index]
      return sum + weight / (point - poles[index]) + weight.conjugate / (point - poles[index].conjugate)
    }
  }

  /// The total variation of G along a band of frequencies, through `pointCount` samples.
  package func totalVariation(in band: ClosedRange<Double>, pointCount: Int) -> Double {
    let step = (band.upperBound - band.lowerBound) / Double(max(1, pointCount - 1))
    return TotalVariation.value((0..<pointCount).map { continuousTransferFunction(atFrequency: band.lowerBound + Double($0) * step) })
  }

  /// An upper bound of the total variation of G along a band, exact for a single pole; the ends may be infinite.
  ///
  /// |d/dω c/(iω − a)| = |c|/|iω − a|², whose integral is |c|/|Re a|·arctan((ω − Im a)/|Re a|).
  package func totalVariationBound(in band: ClosedRange<Double>) -> Double {
    zip(poles, zip(inputWeights, outputWeights)).reduce(0) { sum, mode in
      let (pole, weights) = mode
      let damping = abs(pole.real)
      func share(_ frequency: Double) -> Double {
        atan((band.upperBound - frequency) / damping) - atan((band.lowerBound - frequency) / damping)
      }
      return sum + (weights.0 * weights.1).length / damping * (share(pole.imaginary) + share(-pole.imaginary))
    }
  }

  /// Modes whose frequency the sampling folds back: |Δ·Im λ| ≥ π, so the discrete angle is Δ·Im λ modulo 2π.
  ///
  /// None means that the zero-order hold is free of aliases. S4D-Lin: modes n ≥ 1/Δ.
  ///
  /// - Source: DFouT (2025), Lemma 1.
  package var aliasedModes: [Int] { poles.indices.filter { abs(timestep * poles[$0].imaginary) >= .pi } }
}
