import ComplexModule

/// Which linear system a Hankel singular value belongs to.
package enum HankelForm: String, Codable, Sendable, CaseIterable {
  /// The continuous system, or its bilinear map with B̄ and C̄ normalised by √Δ.
  case continuous
  /// The bilinear map as layers use it, B̄ = Δ·B/(1 − Δλ/2) and C̄ = C.
  case bilinear
  /// The zero-order hold.
  case zeroOrderHold
}

extension DiagonalSystem {
  /// Descending; two for each stored pole, because its conjugate belongs to the system.
  ///
  /// - Throws: `StageError`: `badData` unless all poles have negative real parts.
  package func hankelSingularValues(_ form: HankelForm) throws -> [Double] {
    func completed(_ values: [Complex<Double>]) -> [Complex<Double>] { values + values.map(\.conjugate) }
    return try Self.hankelSingularValues(
      form, poles: completed(poles), inputWeights: completed(inputWeights), outputWeights: completed(outputWeights), timestep: timestep)
  }

  /// Hankel singular values of a system whose poles are all given, descending.
  package static func hankelSingularValues(
    _ form: HankelForm, poles: [Complex<Double>], inputWeights: [Complex<Double>], outputWeights: [Complex<Double>], timestep: Double
  ) throws -> [Double] {
    let step = Complex(timestep)
    switch form {
    case .continuous:
      return try HankelSingularValues.continuous(poles: poles, inputWeights: inputWeights, outputWeights: outputWeights)
    case .bilinear:
      // C = C̄ₙ/√Δ·(1 − Δλ/2) for the normalised C̄ₙ, and B̄ = √Δ·B̄ₙ: the continuous system with C·(1 − Δλ/2) has the same values.
      let weights = zip(outputWeights, poles).map { $0 * (1 - step * $1 / 2) }
      return try HankelSingularValues.continuous(poles: poles, inputWeights: inputWeights, outputWeights: weights)
    case .zeroOrderHold:
      let weights = zip(inputWeights, poles).map { $0 * step * RelativeExponential.value(step * $1) }
      return try HankelSingularValues.discrete(
        logarithmicPoles: poles.map { step * $0 }, inputWeights: weights, outputWeights: outputWeights)
    }
  }
}
