import ComplexModule
import LinearAlgebra

extension DenseSystem {
  /// Σₖ C·Āᵏ·B̄·exp(−ikθ) over the endless kernel, at each of the angles θ in radians per step.
  ///
  /// - Complexity: O(N³) for each angle.
  /// - Throws: `StageError` (`internalBug`) if exp(iθ) is a pole.
  package func transferFunction(
    at angles: [Double], _ discretization: Discretization, timestep: Double
  ) throws -> [Complex<Double>] {
    let (matrix, weights) = try discretized(discretization, timestep: timestep)
    let right = Matrix(rowCount: stateSize, columnCount: 1, entries: weights)
    return try angles.map { angle in
      let delay = Complex<Double>(length: 1, phase: -angle)
      let states = try LinearSystem.solve(.identity(stateSize) + -delay * matrix, right)
      return zip(outputWeights, states.entries).reduce(.zero) { $0 + $1.0 * $1.1 }
    }
  }

  /// The system without one state: the same input-output map if no input reaches that state and it drives no other.
  ///
  /// State 1 of S4-FouT is such a one; without it all poles are damped.
  package func withoutState(_ state: Int) -> DenseSystem {
    let kept = (0..<stateSize).filter { $0 != state }
    return DenseSystem(
      stateMatrix: Matrix(kept.count, kept.count) { stateMatrix[kept[$0], kept[$1]] }, inputWeights: kept.map { inputWeights[$0] },
      outputWeights: kept.map { outputWeights[$0] })
  }
}
