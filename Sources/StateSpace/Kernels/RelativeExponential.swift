import ComplexModule

/// The function φ(z) = (exp(z) − 1)/z, which is the gain of a zero-order hold, without cancellation near 0.
package enum RelativeExponential {
  /// Below this modulus the power series is used; there 20 terms reach the precision of Double.
  private static let seriesLimit = 1.0
  private static let termCount = 20

  /// φ(z) = Σ zᵏ/(k+1)!, k = 0, 1, …
  package static func value(_ z: Complex<Double>) -> Complex<Double> {
    guard z.length < seriesLimit else { return (Complex.exp(z) - 1) / z }
    return series(z) { _ in 1 }
  }

  /// φ′(z) = Σ (k+1)·zᵏ/(k+2)!, k = 0, 1, …
  package static func slope(_ z: Complex<Double>) -> Complex<Double> {
    guard z.length < seriesLimit else { return (Complex.exp(z) - value(z)) / z }
    return series(z) { k in (k + 1) / (k + 2) }
  }

  /// Σ factor(k)·zᵏ/(k+1)! by Horner's rule.
  private static func series(_ z: Complex<Double>, factor: (Double) -> Double) -> Complex<Double> {
    var inverseFactorials = [1.0]
    for k in 1..<termCount { inverseFactorials.append(inverseFactorials[k - 1] / Double(k + 1)) }
    return inverseFactorials.enumerated().reversed().reduce(Complex.zero) { sum, term in
      sum * z + Complex(term.element * factor(Double(term.offset)))
    }
  }
}
