import ComplexModule
import Foundation
import LinearAlgebra
import Operations
import RunSupport
import StateSpace
import Vocabulary

/// The smallest mean squared error on the delay task over all C, D and decoders, with the poles at the start.
///
/// y[t] = Σₗ K[l]·u[t−l] + bias is linear in two numbers for each mode, one for D and one for the bias; the decoder's weight is absorbed in
/// them. With F the rows 2·Re and −2·Im of B̄·λ̄ˡ and δ₀ for D, the Gram matrix is F·R·Fᵀ and the right side F·R[:, τ], the bias a row more.
/// The matrix is singular where modes repeat or are constant: eigenvalues below 1e-12 of the largest are left out.
package struct LeastSquaresLimit: Sendable, Equatable {
  static let cut = 1e-12

  /// Mean squared error over all steps of the sequences.
  package let error: Double
  /// That of always answering 0.
  package let errorOfZero: Double
  /// Eigenvalues that count.
  package let rank: Int
  /// 2 for each mode, D and the bias.
  package let unknownCount: Int

  package init(error: Double, errorOfZero: Double, rank: Int, unknownCount: Int) {
    (self.error, self.errorOfZero, self.rank, self.unknownCount) = (error, errorOfZero, rank, unknownCount)
  }

  /// - Parameters:
  ///   - modes: of all channels.
  ///   - inputs: the sums over the sequences on which the error is taken.
  ///   - lag: τ, below their length.
  /// - Throws: `StageError` as of `Eigenvalues.symmetric`.
  init(_ modes: [DelayModelSpecification.Mode], of inputs: LagProducts, lag: Int) throws {
    let length = inputs.length
    let rows = orderedMap(modes, threadCount: Parallel.threadCount) { mode -> [Double] in
      let terms = (0..<length).map { mode.inputWeight * Complex.exp(Complex(Double($0)) * mode.logarithm) }
      return terms.map { 2 * $0.real } + terms.map { -2 * $0.imaginary }
    }
    let skip = [1] + [Double](repeating: 0, count: length - 1)
    let basis = Matrix(rowCount: 2 * modes.count + 1, columnCount: length, entries: rows.flatMap { $0 } + skip)
    let correlated = basis.times(inputs.products)
    let gram = correlated.times(basis, transposed: true)
    let sums = (0..<basis.rowCount).map { row in (0..<length).reduce(0) { $0 + basis[row, $1] * inputs.sums[$1] } }

    let size = basis.rowCount + 1
    let matrix = Matrix(size, size) { row, column in
      let (high, low) = (max(row, column), min(row, column))
      return high < size - 1 ? gram[high, low] : low < size - 1 ? sums[low] : Double(inputs.count)
    }
    let right = (0..<size - 1).map { correlated[$0, lag] } + [inputs.sums[lag]]
    let decomposition = try Eigenvalues.symmetric(matrix)
    let values = decomposition.values
    let kept = values.indices.filter { values[$0] > Self.cut * (values.last ?? 0) }
    let explained = kept.reduce(0) { sum, index in
      let part = (0..<size).reduce(0) { $0 + decomposition.vectors[$1, index] * right[$1] }
      return sum + part * part / values[index]
    }
    let squares = inputs.products[lag, lag]
    // Rounding may leave a little less than nothing.
    error = max(0, squares - explained) / Double(inputs.count)
    errorOfZero = squares / Double(inputs.count)
    (rank, unknownCount) = (kept.count, size)
  }
}
