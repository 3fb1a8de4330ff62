import ComplexModule
import LinearAlgebra
import Vocabulary

/// A single-input, single-output linear system with a full state matrix: x′ = A·x + B·u, y = C·x.
package struct DenseSystem: Sendable {
  /// A, shape [N, N].
  package var stateMatrix: Matrix<Complex<Double>>
  /// B, shape [N].
  package var inputWeights: [Complex<Double>]
  /// C, shape [N].
  package var outputWeights: [Complex<Double>]

  /// - Precondition: A is square; one weight of each kind for each state.
  package init(stateMatrix: Matrix<Complex<Double>>, inputWeights: [Complex<Double>], outputWeights: [Complex<Double>]) {
    let counts = [stateMatrix.columnCount, inputWeights.count, outputWeights.count]
    precondition(
      counts.allSatisfy { $0 == stateMatrix.rowCount }, "DenseSystem: \(counts) columns and weights for \(stateMatrix.rowCount) states")
    self.stateMatrix = stateMatrix
    self.inputWeights = inputWeights
    self.outputWeights = outputWeights
  }

  /// - Parameter stateEntries: A row by row.
  /// - Precondition: as many entries as the square of the states.
  package init(stateEntries: [Complex<Double>], inputWeights: [Complex<Double>], outputWeights: [Complex<Double>]) {
    let size = inputWeights.count
    self.init(
      stateMatrix: Matrix(rowCount: size, columnCount: size, entries: stateEntries), inputWeights: inputWeights,
      outputWeights: outputWeights)
  }

  /// S4-LegS, whose state holds the input's Legendre coefficients.
  package static func legS(outputWeights: [Complex<Double>]) -> DenseSystem {
    structured(HippoMatrices.legS(stateSize: outputWeights.count), outputWeights)
  }

  /// S4-FouT, whose state holds the Fourier coefficients of the input's last unit of time.
  package static func fourier(outputWeights: [Complex<Double>]) -> DenseSystem {
    structured(HippoMatrices.fourier(stateSize: outputWeights.count), outputWeights)
  }

  private static func structured(
    _ matrices: (stateMatrix: Matrix<Double>, inputWeights: [Double]), _ outputWeights: [Complex<Double>]
  ) -> DenseSystem {
    DenseSystem(
      stateMatrix: matrices.stateMatrix.map { Complex($0) }, inputWeights: matrices.inputWeights.map { Complex($0) },
      outputWeights: outputWeights)
  }

  package var stateSize: Int { inputWeights.count }

  /// Eigenvalues of A, in no particular order.
  package func poles() throws -> [Complex<Double>] { try Eigenvalues.general(stateMatrix) }

  /// G(s) = C·(s − A)⁻¹·B.
  ///
  /// - Throws: `StageError` (`internalBug`) if s is a pole.
  package func transferFunction(at point: Complex<Double>) throws -> Complex<Double> {
    let states = try LinearSystem.solve(point * .identity(stateSize) + -1 * stateMatrix, column(inputWeights))
    return dot(outputWeights, states.entries)
  }

  /// (Ā, B̄) of xₖ = Ā·xₖ₋₁ + B̄·uₖ.
  ///
  /// - zeroOrderHold: Ā = exp(ΔA), B̄ = ∫₀^Δ exp(tA)·B dt, from one exponential of (A B; 0 0), also for singular A
  /// - bilinear: Ā = (1 − ΔA/2)⁻¹·(1 + ΔA/2), B̄ = (1 − ΔA/2)⁻¹·ΔB
  package func discretized(
    _ discretization: Discretization, timestep: Double
  ) throws -> (stateMatrix: Matrix<Complex<Double>>, inputWeights: [Complex<Double>]) {
    let step = Complex(timestep)
    switch discretization {
    case .zeroOrderHold:
      let size = stateSize
      let augmented = Matrix(size + 1, size + 1) { row, column in
        row == size ? Complex.zero : step * (column == size ? inputWeights[row] : stateMatrix[row, column])
      }
      let exponential = try MatrixExponential.value(of: augmented)
      return (Matrix(size, size) { exponential[$0, $1] }, (0..<size).map { exponential[$0, size] })
    case .bilinear:
      let identity = Matrix<Complex<Double>>.identity(stateSize)
      let half = step / 2 * stateMatrix
      let denominator = identity + -1 * half
      let weights = try LinearSystem.solve(denominator, column(inputWeights.map { step * $0 }))
      return (try LinearSystem.solve(denominator, identity + half), weights.entries)
    }
  }

  /// C·Āᵏ·B̄, k = 0 ..< length.
  package func kernel(length: Int, _ discretization: Discretization, timestep: Double) throws -> [Complex<Double>] {
    let (discrete, weights) = try discretized(discretization, timestep: timestep)
    var state = weights
    return (0..<length).map { _ in
      defer { state = discrete * state }
      return dot(outputWeights, state)
    }
  }

  private func column(_ values: [Complex<Double>]) -> Matrix<Complex<Double>> {
    Matrix(rowCount: values.count, columnCount: 1, entries: values)
  }

  private func dot(_ left: [Complex<Double>], _ right: [Complex<Double>]) -> Complex<Double> {
    zip(left, right).reduce(.zero) { $0 + $1.0 * $1.1 }
  }
}
