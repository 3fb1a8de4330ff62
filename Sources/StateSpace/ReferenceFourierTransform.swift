import ComplexModule
import Foundation

/// Discrete Fourier transforms as plain double sums.
package enum DirectFourierTransform {
  /// Σₜ x[t]·exp(−2πi·f·t/M), f = 0 ..< M.
  package static func forward(_ values: [Complex<Double>]) -> [Complex<Double>] { sums(values, sign: -1) }

  package static func forward(_ values: [Double]) -> [Complex<Double>] { forward(values.map { Complex($0) }) }

  /// Σ_f X[f]·exp(2πi·f·t/M)/M, t = 0 ..< M.
  package static func inverse(_ values: [Complex<Double>]) -> [Complex<Double>] {
    sums(values, sign: 1).map { $0 / Complex(Double(values.count)) }
  }

  private static func sums(_ values: [Complex<Double>], sign: Double) -> [Complex<Double>] {
    let count = values.count
    let roots = values.indices.map { Complex(length: 1, phase: sign * 2 * .pi * Double($0) / Double(count)) }
    return values.indices.map { row in
      var sum = Complex<Double>.zero
      var position = 0  // row·column modulo M
      for value in values {
        sum += value * roots[position]
        position += row
        if position >= count { position -= count }
      }
      return sum
    }
  }
}
