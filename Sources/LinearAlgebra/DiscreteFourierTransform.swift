import ComplexModule
import Foundation

/// Discrete Fourier transform of one length in double precision: the theory, generators and pictures of spectra.
///
/// Lengths with small prime factors are quick. FFTW serves `Operations` alone, and in single precision.
///
/// - Source: Cooley, Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965, for any factors.
package struct DiscreteFourierTransform: Sendable {
  package let length: Int
  /// Prime factors, ascending.
  private let factors: [Int]
  /// exp(2πi·k/length).
  private let roots: [Complex<Double>]

  /// - Precondition: positive length.
  package init(length: Int) {
    precondition(length > 0, "DiscreteFourierTransform: length \(length)")
    self.length = length
    var (rest, factor) = (length, 2)
    var factors: [Int] = []
    while rest > 1 {
      while rest % factor == 0 {
        factors.append(factor)
        rest /= factor
      }
      factor = factor * factor > rest ? max(rest, factor + 1) : factor + 1
    }
    self.factors = factors
    roots = (0..<length).map { step in
      let angle = 2 * Double.pi * Double(step) / Double(length)
      return Complex(cos(angle), sin(angle))
    }
  }

  /// X[f] = Σₜ x[t]·exp(−2πi·f·t/n), f = 0 ..< n.
  ///
  /// - Precondition: `values.count == length`.
  /// - Complexity: O(n · sum of the prime factors of n), as of every function here.
  package func forward(_ values: [Complex<Double>]) -> [Complex<Double>] { sum(values.map(\.conjugate)).map(\.conjugate) }

  /// x[t] = Σ_f X[f]·exp(2πi·f·t/n)/n, t = 0 ..< n.
  ///
  /// - Precondition: `values.count == length`.
  package func inverse(_ values: [Complex<Double>]) -> [Complex<Double>] { sum(values).map { $0.divided(by: Double(length)) } }

  /// x[t] = 1/n·Σ_k X[k]·exp(2πi·kt/n) of a half spectrum, whose other half is its mirrored conjugate.
  ///
  /// - Parameter halfSpectrum: X[0] … X[n/2]; imaginary parts of bin 0, and of n/2 for even n, do not count.
  /// - Precondition: `halfSpectrum.count == length / 2 + 1`.
  package func realInverse(_ halfSpectrum: [Complex<Double>]) -> [Double] {
    precondition(halfSpectrum.count == length / 2 + 1, "DiscreteFourierTransform: \(halfSpectrum.count) bins for length \(length)")
    var whole = [Complex<Double>](repeating: .zero, count: length)
    for (bin, value) in halfSpectrum.enumerated() {
      let isReal = bin == 0 || 2 * bin == length
      whole[bin] = isReal ? Complex(value.real) : value
      if !isReal { whole[length - bin] = value.conjugate }
    }
    return sum(whole).map { $0.real / Double(length) }
  }

  /// |X[f]|² for f = 0 … n/2 of a real signal.
  ///
  /// - Precondition: `signal.count == length`.
  package func power(of signal: [Double]) -> [Double] {
    sum(signal.map { Complex($0) })[...(length / 2)].map { $0.real * $0.real + $0.imaginary * $0.imaginary }
  }

  /// Σ_k values[k]·exp(2πi·kt/n) for all t.
  private func sum(_ values: [Complex<Double>]) -> [Complex<Double>] {
    precondition(values.count == length, "DiscreteFourierTransform: \(values.count) values for length \(length)")
    var result = [Complex<Double>](repeating: .zero, count: length)
    var parts = [Complex<Double>](repeating: .zero, count: factors.last ?? 1)
    values.withUnsafeBufferPointer { values in
      result.withUnsafeMutableBufferPointer { result in
        parts.withUnsafeMutableBufferPointer { parts in
          combine(values, from: 0, stride: 1, level: 0, into: result, at: 0, parts: parts)
        }
      }
    }
    return result
  }

  /// The sums over every `stride`-th value, made of those over the p-th parts of them.
  private func combine(
    _ values: UnsafeBufferPointer<Complex<Double>>, from first: Int, stride: Int, level: Int,
    into result: UnsafeMutableBufferPointer<Complex<Double>>, at start: Int, parts: UnsafeMutableBufferPointer<Complex<Double>>
  ) {
    guard level < factors.count else {
      result[start] = values[first]
      return
    }
    let partCount = factors[level]
    let size = length / stride / partCount
    for part in 0..<partCount {
      combine(
        values, from: first + part * stride, stride: stride * partCount, level: level + 1, into: result, at: start + part * size,
        parts: parts)
    }
    for step in 0..<size {
      for part in 0..<partCount { parts[part] = result[start + part * size + step] }
      for block in 0..<partCount {
        var sum = parts[0]
        let turn = (step + block * size) * stride
        for part in 1..<partCount { sum += parts[part] * roots[part * turn % length] }
        result[start + block * size + step] = sum
      }
    }
  }
}

extension DiscreteFourierTransform {
  /// The transform of values of any count, none included.
  package static func forward(_ values: [Complex<Double>]) -> [Complex<Double>] {
    values.isEmpty ? [] : DiscreteFourierTransform(length: values.count).forward(values)
  }

  package static func forward(_ values: [Double]) -> [Complex<Double>] { forward(values.map { Complex($0) }) }

  package static func inverse(_ values: [Complex<Double>]) -> [Complex<Double>] {
    values.isEmpty ? [] : DiscreteFourierTransform(length: values.count).inverse(values)
  }
}

extension Complex<Double> {
  fileprivate func divided(by divisor: Double) -> Self { Complex(real / divisor, imaginary / divisor) }
}
