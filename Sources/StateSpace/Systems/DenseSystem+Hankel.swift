import ComplexModule
import LinearAlgebra

extension DenseSystem {
  /// Hankel singular values in descending order, as many as states, with errors of some units of Double's precision times σ₁.
  ///
  /// A is brought to triangular form, and both Gramians are found as factors.
  ///
  /// - Throws: `StageError`: `badData` unless all poles have negative real parts.
  package func hankelSingularValues(_ form: HankelForm, timestep: Double) throws -> [Double] {
    let step = Complex(timestep)
    switch form {
    case .continuous:
      return try values(of: stateMatrix, inputWeights, outputWeights, factor: GramianFactor.continuous)
    case .bilinear:
      // As for diagonal systems: the continuous system with C·(1 − ΔA/2) has the same values.
      let moved = stateMatrix.transpose * outputWeights
      let weights = zip(outputWeights, moved).map { $0 - step / 2 * $1 }
      return try values(of: stateMatrix, inputWeights, weights, factor: GramianFactor.continuous)
    case .zeroOrderHold:
      let (matrix, weights) = try discretized(.zeroOrderHold, timestep: timestep)
      return try values(of: matrix, weights, outputWeights, factor: GramianFactor.discrete)
    }
  }

  private func values(
    of matrix: Matrix<Complex<Double>>, _ inputWeights: [Complex<Double>], _ outputWeights: [Complex<Double>],
    factor: (Matrix<Complex<Double>>, [Complex<Double>]) throws -> Matrix<Complex<Double>>
  ) throws -> [Double] {
    let schur = try SchurForm(of: matrix)
    let controllability = try factor(schur.triangular, schur.vectors.adjoint * inputWeights)
    // Q belongs to Tᴴ, which is lower triangular; counted from the last state it is upper triangular.
    let last = inputWeights.count - 1
    let reversed = Matrix(last + 1, last + 1) { schur.triangular[last - $1, last - $0].conjugate }
    let weights = (schur.vectors.transpose * outputWeights).reversed().map(\.conjugate)
    let observability = try factor(reversed, weights)
    let upright = Matrix(last + 1, last + 1) { observability[last - $0, $1] }
    return try SingularValues.ofScaledMatrix(upright.adjoint * controllability)
  }
}
