import ComplexModule
import LinearAlgebra
import RunSupport
import Vocabulary

/// Initial poles of diagonal state space models: one of each conjugate pair, the one with the negative imaginary part.
///
/// - Source: Gu et al., "On the Parameterization and Initialization of Diagonal State Space Models", 2022.
package enum InitialPoles {
  /// The `stateSize / 2` stored poles of one system, in the order in which the reference code stores them.
  ///
  /// With N = `stateSize` and n = 0 … N/2−1:
  /// - linear: −½ − iπn
  /// - inverse: −½ − i·(N/π)·(N/(2n+1) − 1)
  /// - legS: eigenvalues of the normal part of HiPPO-LegS, most negative imaginary part first
  /// - fourier: eigenvalues of the normal part of S4-FouT, −iπn, most negative imaginary part first; they have no damping
  /// - random: `RandomPoles.leftHalfDisc`
  ///
  /// - Parameter generator: of what is drawn; the others leave it as it is.
  /// - Throws: `StageError`: `badConfiguration` unless `stateSize` is even and positive.
  package static func poles(
    _ initialization: PoleInitialization, stateSize: Int, using generator: inout some RandomNumberGenerator
  ) throws -> [Complex<Double>] {
    try requirePairs(stateSize)
    let modes = (0..<stateSize / 2).map { Double($0) }
    let size = Double(stateSize)
    switch initialization {
    case .linear: return modes.map { Complex(-0.5, -.pi * $0) }
    case .inverse: return modes.map { Complex(-0.5, -size / .pi * (size / (2 * $0 + 1) - 1)) }
    case .legS: return LegSFrequencies.descending(stateSize: stateSize).map { Complex(-0.5, -$0) }
    case .fourier: return modes.reversed().map { Complex(0, -.pi * $0) }
    case .random: return RandomPoles.leftHalfDisc(modeCount: stateSize / 2, using: &generator)
    }
  }

  /// The stored poles of an initialisation that draws none.
  ///
  /// - Precondition: `initialization` is not drawn.
  /// - Throws: `StageError`: `badConfiguration` unless `stateSize` is even and positive.
  package static func poles(_ initialization: PoleInitialization, stateSize: Int) throws -> [Complex<Double>] {
    precondition(!initialization.isDrawn, "InitialPoles: \(initialization) without a generator")
    var unused = SystemRandomNumberGenerator()
    return try poles(initialization, stateSize: stateSize, using: &unused)
  }

  /// Eigenvalues of −i times the skew-symmetric part S = A + P·Pᵀ + ½, ascending; those of A + P·Pᵀ are −½ + i·values.
  static func normalLegS(_ stateSize: Int) throws -> Eigenvalues.Decomposition<Complex<Double>> {
    let stateMatrix = HippoMatrices.legS(stateSize: stateSize).stateMatrix
    let rankOne = HippoMatrices.legSRankOne(stateSize: stateSize)
    return try Eigenvalues.hermitian(
      Matrix(stateSize, stateSize) { row, column in
        let skew = row == column ? 0 : stateMatrix[row, column] + rankOne[row] * rankOne[column]
        return Complex(0, -skew)
      })
  }

  static func requirePairs(_ stateSize: Int) throws {
    guard stateSize > 0, stateSize.isMultiple(of: 2) else {
      throw StageError(
        .badConfiguration, "state size \(stateSize) is impossible", where: "stateSize",
        why: "poles come in conjugate pairs, so it must be even and positive", fix: "choose an even number, for example 64")
    }
  }
}
