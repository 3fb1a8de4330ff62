import ComplexModule

/// The continuous system in time and frequency.
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
}
