import ComplexModule
import LinearAlgebra
import Vocabulary

extension DenseSystem {
  /// Σₖ C·Āᵏ·B̄·exp(−ikθ) over the endless kernel, at each of the angles θ in radians per step; infinite at a pole.
  ///
  /// - Complexity: O(N³), and O(N²) for each angle.
  package func transferFunction(
    at angles: [Double], _ discretization: Discretization, timestep: Double
  ) throws -> [Complex<Double>] {
    let (matrix, weights) = try discretized(discretization, timestep: timestep)
    let points = angles.map { Complex<Double>(length: 1, phase: $0) }
    return zip(points, try resolvents(of: matrix, weights, at: points)).map { $0 * $1 }
  }

  /// G(iω) = C·(iω − A)⁻¹·B at each of the frequencies ω in radians per unit of time; infinite at a pole.
  ///
  /// - Complexity: O(N³), and O(N²) for each frequency.
  package func continuousTransferFunction(atFrequencies frequencies: [Double]) throws -> [Complex<Double>] {
    try resolvents(of: stateMatrix, inputWeights, at: frequencies.map { Complex(0, $0) })
  }

  /// C·(s − M)⁻¹·B at each of the points s, by substitution in the triangular form of M.
  private func resolvents(
    of matrix: Matrix<Complex<Double>>, _ weights: [Complex<Double>], at points: [Complex<Double>]
  ) throws -> [Complex<Double>] {
    let schur = try SchurForm(of: matrix)
    let right = schur.vectors.adjoint * weights
    let left = schur.vectors.transpose * outputWeights
    return points.map { point in
      guard right.indices.allSatisfy({ schur.triangular[$0, $0] != point }) else { return .infinity }
      let states = LinearSystem.solveTriangular(schur.triangular, scale: -1, shift: point, right)
      return zip(left, states).reduce(.zero) { $0 + $1.0 * $1.1 }
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
