import ComplexModule
import Foundation

/// exp(M) by scaling and squaring.
///
/// - Source: Higham, "The Scaling and Squaring Method for the Matrix Exponential Revisited", 2005: the Padé approximant of degree 13.
package enum MatrixExponential {
  /// Below this norm the approximant reaches the precision of Double.
  private static let normLimit = 5.37
  private static let coefficients: [Double] = [
    64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800, 129_060_195_264_000, 10_559_470_521_600,
    670_442_572_800, 33_522_128_640, 1_323_241_920, 40_840_800, 960_960, 16_380, 182, 1,
  ]

  /// - Precondition: the matrix is square.
  /// - Throws: `StageError`: `badData` if a value is not finite.
  package static func value(of matrix: Matrix<Complex<Double>>) throws -> Matrix<Complex<Double>> {
    _ = try LAPACK.checkedSize(of: matrix, isFinite: \.isFinite)
    let squaringCount = max(0, Int(ceil(log2(max(matrix.columnSumNorm, .leastNonzeroMagnitude) / normLimit))))
    let scaled = Complex(exp2(-Double(squaringCount))) * matrix
    let square = scaled * scaled
    let fourth = square * square
    let powers = [Matrix.identity(matrix.rowCount), square, fourth, square * fourth]

    /// Σ c[2k + first]·M²ᵏ, k = 0 … 6; the upper half by one product with M⁶.
    func series(first: Int) -> Matrix<Complex<Double>> {
      func sum(_ degrees: [Int], from power: Int) -> Matrix<Complex<Double>> {
        degrees.enumerated().reduce(Complex.zero * powers[0]) {
          $0 + Complex(coefficients[2 * $1.element + first]) * powers[power + $1.offset]
        }
      }
      return sum([0, 1, 2, 3], from: 0) + powers[3] * sum([4, 5, 6], from: 1)
    }
    let odd = scaled * series(first: 1)
    let even = series(first: 0)
    var result = try LinearSystem.solve(even + Complex(-1.0) * odd, even + odd)
    for _ in 0..<squaringCount { result = result * result }
    return result
  }
}
