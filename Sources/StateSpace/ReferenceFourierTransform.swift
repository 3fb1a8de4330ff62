import ComplexModule
import Foundation

/// Discrete Fourier transforms of any length, by the definition for prime lengths and split by prime factors for others.
///
/// - Source: Cooley and Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965.
package enum ReferenceFourierTransform {
  /// Σₜ x[t]·exp(−2πi·f·t/M), f = 0 ..< M.
  ///
  /// - Complexity: O(M·p) for the sum p of M's prime factors.
  package static func forward(_ values: [Complex<Double>]) -> [Complex<Double>] { transform(values, sign: -1) }

  package static func forward(_ values: [Double]) -> [Complex<Double>] { forward(values.map { Complex($0) }) }

  /// Σ_f X[f]·exp(2πi·f·t/M)/M, t = 0 ..< M.
  package static func inverse(_ values: [Complex<Double>]) -> [Complex<Double>] {
    transform(values, sign: 1).map { $0 / Complex(Double(values.count)) }
  }

  private static func transform(_ values: [Complex<Double>], sign: Double) -> [Complex<Double>] {
    let count = values.count
    let roots = values.indices.map { Complex(length: 1, phase: sign * 2 * .pi * Double($0) / Double(count)) }
    return sums(values, start: 0, stride: 1, roots: roots)
  }

  /// The transform of the values at start, start + stride, …; `roots` holds those of the whole length.
  private static func sums(
    _ values: [Complex<Double>], start: Int, stride: Int, roots: [Complex<Double>]
  ) -> [Complex<Double>] {
    let count = values.count / stride
    guard count > 1 else { return count == 1 ? [values[start]] : [] }
    let factor = (2...count).first { count.isMultiple(of: $0) } ?? count
    let part = count / factor
    let parts = (0..<factor).map { sums(values, start: start + $0 * stride, stride: stride * factor, roots: roots) }
    return (0..<count).map { frequency in
      var position = 0  // frequency·index·stride modulo the whole length
      return parts.reduce(Complex.zero) { sum, transformed in
        defer { position = (position + frequency * stride) % roots.count }
        return sum + transformed[frequency % part] * roots[position]
      }
    }
  }
}
