import ComplexModule
import LinearAlgebra
import RunSupport
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Initial poles by what they are; the original authors' numbers are golden case 06.
@Suite struct InitialPolesTests {
  /// Conjugate pairs −½ ± iω are half of the eigenvalues each; A + P·Pᵀ is −½ plus a skew-symmetric matrix.
  @Test(arguments: [2, 4, 16])
  func legSPolesAreEigenvaluesOfTheNormalPart(stateSize: Int) throws {
    let stateMatrix = HippoMatrices.legS(stateSize: stateSize).stateMatrix
    let rankOne = HippoMatrices.legSRankOne(stateSize: stateSize)
    let normal = Matrix(stateSize, stateSize) { Complex(stateMatrix[$0, $1] + rankOne[$0] * rankOne[$1]) }
    let eigenvalues = try Eigenvalues.general(normal).filter { $0.imaginary < 0 }.sorted { $0.imaginary < $1.imaginary }
    #expect(maxRelative(pairs(try InitialPoles.poles(.legS, stateSize: stateSize)), pairs(eigenvalues)) < 1e-12)
  }

  @Test(arguments: [2, 4, 16])
  func fourierPolesAreEigenvaluesOfTheNormalPart(stateSize: Int) throws {
    let (stateMatrix, inputWeights) = HippoMatrices.fourier(stateSize: stateSize)
    let normal = Matrix(stateSize, stateSize) { Complex(stateMatrix[$0, $1] + inputWeights[$0] * inputWeights[$1]) }
    let eigenvalues = try Eigenvalues.general(normal).sorted { $0.imaginary < $1.imaginary }.prefix(stateSize / 2)
    #expect(maxRelative(pairs(try InitialPoles.poles(.fourier, stateSize: stateSize)), pairs(Array(eigenvalues))) < 1e-12)
  }

  @Test(arguments: [-2, 0, 1, 7])
  func oddAndEmptyStatesAreErrors(stateSize: Int) {
    for name in PoleInitialization.allCases where !name.isDrawn {
      #expect {
        try InitialPoles.poles(name, stateSize: stateSize)
      } throws: {
        ($0 as? StageError)?.code == .badConfiguration
      }
    }
    #expect(throws: StageError.self) { try InitialPoles.legSInputWeightModuli(stateSize: stateSize) }
  }
}

/// α-scaled initial poles; the original authors' numbers are golden case 03a.
@Suite struct TunedPolesTests {
  @Test func wavesAreDampedByOneHalf() {
    for scale in [0.01, 1, 3, 10] { #expect(TunedPoles.waves(scale: scale, modeCount: 64).allSatisfy { $0.real == -0.5 }) }
  }

  @Test("α = 1 is S4D-Lin but for its first frequency") func linear() throws {
    let linear = try InitialPoles.poles(.linear, stateSize: 128)
    let tuned = TunedPoles.longRangeArena(scale: 1, modeCount: 64)
    #expect(tuned.dropFirst() == linear.dropFirst())
    #expect(tuned[0] == Complex(-0.5, -1e-4))
  }
}
