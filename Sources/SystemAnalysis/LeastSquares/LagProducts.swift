import LinearAlgebra
import Operations

/// Sums over all steps of all sequences of what the same sequences were some steps before: all that a linear system's squared error
/// depends on. Before a sequence begins it is 0.
struct LagProducts {
  /// R[l, l′] = Σ u[t−l]·u[t−l′], shape [L, L].
  let products: Matrix<Double>
  /// Σ u[t−l], shape [L].
  let sums: [Double]
  /// Sequences times steps.
  let count: Int

  /// R from one product: V·Vᵀ of the reversed inputs holds the terms of the last step, and each diagonal is a running sum of them.
  ///
  /// - Parameter inputs: shape [sequences][L].
  /// - Precondition: at least one sequence, all of one length.
  /// - Complexity: O(L²·sequences) time, L² numbers.
  init(_ inputs: [[Double]]) {
    let length = inputs[0].count
    precondition(inputs.allSatisfy { $0.count == length }, "LagProducts: sequences of unequal lengths")
    count = inputs.count * length
    let reversed = Matrix(length, inputs.count) { lag, sequence in inputs[sequence][length - 1 - lag] }
    var entries = reversed.times(reversed, transposed: true).entries
    for row in stride(from: length - 2, through: 0, by: -1) {
      let (place, below) = (row * length, (row + 1) * length + 1)
      for column in 0..<length - 1 { entries[place + column] += entries[below + column] }
    }
    products = Matrix(rowCount: length, columnCount: length, entries: entries)
    var sums = (0..<length).map { lag in inputs.reduce(0) { $0 + $1[length - 1 - lag] } }
    for lag in stride(from: length - 2, through: 0, by: -1) { sums[lag] += sums[lag + 1] }
    self.sums = sums
  }

  var length: Int { sums.count }
}
