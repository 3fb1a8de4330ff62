import ComplexModule
import LinearAlgebra

/// Hankel singular values σ₁ ≥ σ₂ ≥ …: how much of the past of its input a system can tell about the future of its output, state by state.
///
/// They are √eig(P·Q) for the controllability and observability Gramians P = R·Rᴴ and Q = S·Sᴴ, computed as the singular values of Sᴴ·R.
/// For diagonal systems both factors are accurate entry by entry and the singular values come from a Jacobi method, so values far below
/// the precision of Double times σ₁ keep correct digits.
///
/// - Source: Yu et al., "HOPE", 2025, Section 3; Haut and Beylkin, "Fast and Accurate Con-eigenvalue Algorithm", 2012, for the method.
package enum HankelSingularValues {
  /// Singular values of x′ = A·x + B·u, y = C·x with diagonal A; every pole is given, conjugates too.
  ///
  /// The normalised bilinear map does not change them.
  ///
  /// - Returns: as many values as poles.
  /// - Precondition: one weight of each kind for each pole.
  /// - Throws: `StageError`: `badData` unless all poles have negative real parts.
  package static func continuous(
    poles: [Complex<Double>], inputWeights: [Complex<Double>], outputWeights: [Complex<Double>]
  ) throws -> [Double] {
    try diagonal(.continuous(poles), inputWeights, outputWeights)
  }

  /// Singular values of xₖ₊₁ = exp(z)·xₖ + B̄·uₖ, yₖ = C·xₖ.
  ///
  /// - Parameter logarithmicPoles: z, logarithms of the discrete poles, which keep tiny dampings.
  /// - Returns: as many values as poles.
  /// - Precondition: one weight of each kind for each pole.
  /// - Throws: `StageError`: `badData` unless all discrete poles lie inside the unit circle.
  package static func discrete(
    logarithmicPoles: [Complex<Double>], inputWeights: [Complex<Double>], outputWeights: [Complex<Double>]
  ) throws -> [Double] {
    try diagonal(.discrete(logarithms: logarithmicPoles), inputWeights, outputWeights)
  }

  /// Singular values of the transfer function Σ hⱼ·z^(−j−1), j = 0 ..< n: those of the matrix (h_{j+k}), zero beyond the last parameter.
  ///
  /// - Parameter parameters: h, the Markov parameters.
  /// - Throws: `StageError`: `badData` if a value is not finite.
  package static func markov(_ parameters: [Complex<Double>]) throws -> [Double] {
    let count = parameters.count
    return try SingularValues.values(of: Matrix(count, count) { $0 + $1 < count ? parameters[$0 + $1] : .zero })
  }

  /// ε where nothing else is asked for; no source gives the paper's.
  package static let usualTolerance = 1e-4

  /// The ε-rank: how many values exceed ε·σ₁.
  package static func rank(_ values: [Double], tolerance: Double) -> Int {
    let limit = tolerance * (values.max() ?? 0)
    return values.count { $0 > limit }
  }

  private static func diagonal(
    _ poles: GramianFactor.Poles, _ inputWeights: [Complex<Double>], _ outputWeights: [Complex<Double>]
  ) throws -> [Double] {
    let counts = (inputWeights.count, outputWeights.count)
    precondition(
      counts == (poles.values.count, poles.values.count), "HankelSingularValues: \(counts) weights for \(poles.values.count) poles")
    let controllability = try GramianFactor.diagonal(poles, weights: inputWeights)
    // Q is the conjugate of the Gramian with the weights C, so Sᴴ is the transpose of that one's factor.
    let observability = try GramianFactor.diagonal(poles, weights: outputWeights)
    let values = try SingularValues.ofScaledMatrix(observability.transpose * controllability)
    return values + [Double](repeating: 0, count: poles.values.count - values.count)
  }
}
