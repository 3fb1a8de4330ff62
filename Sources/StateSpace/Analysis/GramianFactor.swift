import ComplexModule
import LinearAlgebra
import RunSupport

/// Factors R of Gramians P = R·Rᴴ of single-input systems; the values of P itself are never formed, because their squares lose half the digits.
enum GramianFactor {
  /// Where the poles of a diagonal system lie, with the two functions of pairs of poles that its Gramian consists of.
  enum Poles {
    /// Continuous poles a with Re a < 0: P_jk = b_j·conj(b_k)/(−a_j − conj(a_k)).
    case continuous([Complex<Double>])
    /// Logarithms z of discrete poles λ̄ = exp(z), Re z < 0: P_jk = b_j·conj(b_k)/(1 − λ̄_j·conj(λ̄_k)).
    case discrete(logarithms: [Complex<Double>])

    var values: [Complex<Double>] {
      switch self {
      case .continuous(let poles): poles
      case .discrete(let logarithms): logarithms
      }
    }

    /// The denominator of P_jk, without cancellation.
    func denominator(_ row: Int, _ column: Int) -> Complex<Double> {
      switch self {
      case .continuous(let poles): -poles[row] - poles[column].conjugate
      case .discrete(let logarithms): -Complex.expMinusOne(logarithms[row] + logarithms[column].conjugate)
      }
    }

    /// a_j − a_p or λ̄_j − λ̄_p, without cancellation.
    func difference(_ row: Int, _ pivot: Int) -> Complex<Double> {
      switch self {
      case .continuous(let poles): poles[row] - poles[pivot]
      case .discrete(let logarithms): Complex.exp(logarithms[pivot]) * Complex.expMinusOne(logarithms[row] - logarithms[pivot])
      }
    }
  }

  /// R of shape [N, rank] for a diagonal system, every entry accurate to a few units in its own last place.
  ///
  /// The Gramian is a Cauchy matrix, and so is what remains of it after each step of Gauss elimination:
  /// b_j ← b_j·(a_j − a_p)/(a_j + conj(a_p)) for the pivot p. Only products, quotients and differences of given numbers occur, so nothing
  /// cancels, and the factors keep their digits where the Gramian is singular in Double. Pivots are chosen by size.
  ///
  /// - Complexity: O(N·rank).
  /// - Source: Demmel, "Accurate Singular Value Decompositions of Structured Matrices", 2000; the discrete form is derived here.
  /// - Throws: `StageError`: `badData` unless all poles are stable.
  static func diagonal(_ poles: Poles, weights: [Complex<Double>]) throws -> Matrix<Complex<Double>> {
    try requireStable(poles.values)
    var remaining = weights
    var columns: [[Complex<Double>]] = []
    let variances = weights.indices.map { poles.denominator($0, $0).real }
    for _ in weights.indices {
      let sizes = remaining.indices.map { remaining[$0].lengthSquared / variances[$0] }
      guard let pivot = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[pivot] > 0 else { break }
      // Column p of the remaining Gramian over the root of its diagonal value.
      let scale = remaining[pivot].conjugate * Complex(variances[pivot].squareRoot() / remaining[pivot].length)
      columns.append(remaining.indices.map { remaining[$0] * scale / poles.denominator($0, pivot) })
      for row in remaining.indices { remaining[row] *= poles.difference(row, pivot) / poles.denominator(row, pivot) }
    }
    return Matrix(weights.count, columns.count) { columns[$1][$0] }
  }

  /// R, upper triangular, with T·P + P·Tᴴ + b·bᴴ = 0 for an upper triangular T.
  ///
  /// - Source: Hammarling, "Numerical Solution of the Stable, Non-negative Definite Lyapunov Equation", 1982.
  /// - Throws: `StageError`: `badData` unless all eigenvalues have negative real parts.
  static func continuous(triangular: Matrix<Complex<Double>>, weights: [Complex<Double>]) throws -> Matrix<Complex<Double>> {
    let size = weights.count
    try requireStable((0..<size).map { triangular[$0, $0] })
    var factor = Matrix<Complex<Double>>(size, size) { _, _ in .zero }
    var remaining = weights
    for last in weights.indices.reversed() {
      let eigenvalue = triangular[last, last]
      let weight = remaining.removeLast()
      guard weight != .zero else { continue }  // this state and the last ones are not excited: an empty column
      let corner = weight.length / (-2 * eigenvalue.real).squareRoot()
      let ratio = weight / Complex(corner)
      let right = remaining.indices.map { -Complex(corner) * triangular[$0, last] - remaining[$0] * ratio.conjugate }
      let column = LinearSystem.solveTriangular(triangular, shift: eigenvalue.conjugate, right)
      for row in remaining.indices {
        factor[row, last] = column[row]
        remaining[row] -= column[row] * ratio
      }
      factor[last, last] = Complex(corner)
    }
    return factor
  }

  /// R, upper triangular, with P = T·P·Tᴴ + b·bᴴ for an upper triangular T.
  ///
  /// - Source: Hammarling, "Numerical Solution of the Discrete-time, Convergent, Non-negative Definite Lyapunov Equation", 1991.
  /// - Throws: `StageError`: `badData` unless all eigenvalues lie inside the unit circle.
  static func discrete(triangular: Matrix<Complex<Double>>, weights: [Complex<Double>]) throws -> Matrix<Complex<Double>> {
    let size = weights.count
    try requireStable((0..<size).map { Complex(triangular[$0, $0].length - 1) })
    var factor = Matrix<Complex<Double>>(size, size) { _, _ in .zero }
    var remaining = weights
    for last in weights.indices.reversed() {
      let eigenvalue = triangular[last, last]
      let weight = remaining.removeLast()
      guard weight != .zero else { continue }
      let margin = (1 - eigenvalue.length) * (1 + eigenvalue.length)
      let corner = weight.length / margin.squareRoot()
      let ratio = weight / Complex(corner)
      let right = remaining.indices.map {
        Complex(corner) * triangular[$0, last] * eigenvalue.conjugate + remaining[$0] * ratio.conjugate
      }
      let column = LinearSystem.solveTriangular(triangular, scale: -eigenvalue.conjugate, shift: 1, right)
      // v = T₁·r + t·ρ; (v, b) is (r, new b) turned by a unitary 2 × 2 matrix.
      let moved = remaining.indices.map { row in
        (row..<remaining.count).reduce(Complex(corner) * triangular[row, last]) { $0 + triangular[row, $1] * column[$1] }
      }
      for row in remaining.indices {
        factor[row, last] = column[row]
        remaining[row] = eigenvalue * remaining[row] - ratio * moved[row]
      }
      factor[last, last] = Complex(corner)
    }
    return factor
  }

  private static func requireStable(_ poles: [Complex<Double>]) throws {
    guard let index = poles.firstIndex(where: { !($0.real < 0) || !$0.isFinite }) else { return }
    throw StageError(
      .badData, "a system without damping has no Gramian", where: "pole \(index)",
      why: "its real part, or the logarithm of its modulus, is \(poles[index].real) and must be negative",
      fix: "choose poles with damping")
  }
}
