import ComplexModule
import LinearAlgebra

/// The Gram matrix VᴴV of undamped S4D-Lin modes on the delay task: V[l, n] = exp(iπn·Δ·l), rows l = 0 … τ, Δ = 2/τ.
///
/// For at most τ modes it is exactly τ·I + 1·1ᵀ, because rows 0 and τ are equal and rows 0 … τ−1 are those of a Fourier transform.
/// The paper states (τ+1)·I; its condition number would be 1.
///
/// - Source: DFouT (2025), Proposition 1, with the exact statement derived here.
package enum DelayGram {
  /// VᴴV by summation, shape [N, N].
  package static func matrix(delay: Int, modeCount: Int) -> Matrix<Complex<Double>> {
    // The angle 2π·(column − row)·lag/τ is reduced to one turn before it is rounded, so these are all values.
    let roots = (0..<delay).map { Complex(length: 1, phase: 2 * .pi * Double($0) / Double(delay)) }
    return Matrix(modeCount, modeCount) { row, column in
      let step = (column - row) % delay + (column < row ? delay : 0)
      var turn = 0  // step·lag modulo the delay
      return (0...delay).reduce(.zero) { sum, _ in
        defer { turn = (turn + step) % delay }
        return sum + roots[turn % delay]
      }
    }
  }

  /// (τ + N)/τ, and 1 for a single mode: the eigenvalues are τ + N once and τ for the other N − 1 directions.
  ///
  /// - Precondition: N ≤ τ; with more modes two columns are equal and the matrix is singular.
  package static func conditionNumber(delay: Int, modeCount: Int) -> Double {
    precondition(modeCount <= delay, "DelayGram: \(modeCount) modes are more than the delay of \(delay) steps")
    return modeCount <= 1 ? 1 : Double(delay + modeCount) / Double(delay)
  }
}
