import Foundation

/// Discrete Fourier transform of real signals in double precision, for generators and for pictures of spectra.
///
/// Lengths with small prime factors are quick. No lower layer has one: FFTW serves `Operations` alone, and in single precision.
///
/// - Source: Cooley, Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965, for any factors.
package struct RealTransform: Sendable {
  package let length: Int
  /// Prime factors, ascending.
  private let factors: [Int]
  /// exp(2πi·k/length).
  private let roots: [SIMD2<Double>]

  /// - Precondition: positive length.
  package init(length: Int) {
    precondition(length > 0, "RealTransform: length \(length)")
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
      return SIMD2(cos(angle), sin(angle))
    }
  }

  /// x[t] = 1/n·Σ_k X[k]·exp(2πi·kt/n) of a half spectrum, whose other half is its mirrored conjugate.
  ///
  /// - Parameter spectrum: X[0] … X[n/2] as (real, imaginary); imaginary parts of bin 0, and of n/2 for even n, do not count.
  /// - Precondition: `spectrum.count == length / 2 + 1`.
  /// - Complexity: O(n · sum of the prime factors of n).
  package func inverse(_ spectrum: [SIMD2<Double>]) -> [Double] {
    precondition(spectrum.count == length / 2 + 1, "RealTransform: \(spectrum.count) bins for length \(length)")
    var whole = [SIMD2<Double>](repeating: .zero, count: length)
    for (bin, value) in spectrum.enumerated() {
      let isReal = bin == 0 || 2 * bin == length
      whole[bin] = isReal ? SIMD2(value.x, 0) : value
      if !isReal { whole[length - bin] = SIMD2(value.x, -value.y) }
    }
    return sum(whole).map { $0.x / Double(length) }
  }

  /// |Σ_t x[t]·exp(−2πi·kt/n)|² for k = 0 … n/2.
  ///
  /// - Precondition: `signal.count == length`.
  package func power(of signal: [Double]) -> [Double] {
    precondition(signal.count == length, "RealTransform: \(signal.count) values for length \(length)")
    return sum(signal.map { SIMD2($0, 0) })[...(length / 2)].map { $0.x * $0.x + $0.y * $0.y }
  }

  /// Σ_k values[k]·exp(2πi·kt/n) for all t.
  private func sum(_ values: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var result = [SIMD2<Double>](repeating: .zero, count: length)
    var parts = [SIMD2<Double>](repeating: .zero, count: factors.last ?? 1)
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
    _ values: UnsafeBufferPointer<SIMD2<Double>>, from first: Int, stride: Int, level: Int,
    into result: UnsafeMutableBufferPointer<SIMD2<Double>>, at start: Int, parts: UnsafeMutableBufferPointer<SIMD2<Double>>
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
        for part in 1..<partCount { sum += Self.product(parts[part], roots[part * turn % length]) }
        result[start + block * size + step] = sum
      }
    }
  }

  private static func product(_ first: SIMD2<Double>, _ second: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(first.x * second.x - first.y * second.y, first.x * second.y + first.y * second.x)
  }
}
