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
  @Test(arguments: [2, 4, 16, 64])
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
    for name in [PoleInitialization.legS, .fourier] {
      #expect(throws: StageError.self) { try InitialPoles.inputWeights(name, stateSize: stateSize) }
      #expect(throws: StageError.self) { try InitialPoles.trainingInputWeights(name, stateSize: stateSize) }
    }
  }

  /// Eigenvectors are orthonormal, and each stored weight stands for a conjugate pair.
  @Test(arguments: [2, 4, 64, 256])
  func physicalInputWeightsHaveTheNormOfTheMatrixForms(stateSize: Int) throws {
    let dense = [PoleInitialization.legS: HippoMatrices.legS, .fourier: HippoMatrices.fourier]
    for (name, matrices) in dense {
      let weights = try #require(try InitialPoles.inputWeights(name, stateSize: stateSize))
      let expected = matrices(stateSize).inputWeights.reduce(0) { $0 + $1 * $1 }
      #expect(abs(weights.reduce(0) { $0 + 2 * $1.lengthSquared } / expected - 1) < 1e-10, "\(name)")
    }
    for name in [PoleInitialization.linear, .inverse, .random] { #expect(try InitialPoles.inputWeights(name, stateSize: stateSize) == nil) }
  }

  @Test("models start from LegS weights clipped to 2, all others from the physical ones", arguments: [2, 6, 64, 256])
  func clippedInputWeights(stateSize: Int) throws {
    let physical = try #require(try InitialPoles.inputWeights(.legS, stateSize: stateSize)).map(\.length)
    let clipped = try #require(try InitialPoles.trainingInputWeights(.legS, stateSize: stateSize))
    #expect(clipped.allSatisfy { abs($0.imaginary) <= 2 && abs($0.real) < 0.75 })
    for (clipped, physical) in zip(clipped.map(\.length), physical) {
      #expect(clipped <= physical * (1 + 1e-12))
      // With 6 states √(4 + Re²) is 2.008, with more it is closer to 2.
      if physical < 2 { #expect(abs(clipped - physical) < 1e-12 * physical) } else { #expect(abs(clipped - 2) < 0.01) }
    }
    for name in PoleInitialization.allCases where name != .legS {
      #expect(try InitialPoles.trainingInputWeights(name, stateSize: stateSize) == InitialPoles.inputWeights(name, stateSize: stateSize))
    }
  }

  @Test("with 64 states, 11 of 32 moduli of LegS exceed 2, the largest is 40.75")
  func legSInputWeights() throws {
    let physical = try #require(try InitialPoles.inputWeights(.legS, stateSize: 64)).map(\.length)
    #expect(physical.count { $0 > 2 } == 11)
    #expect(abs(physical[0] - 40.75) < 0.01)
  }

  @Test("the zero mode of S4D-FouT, stored last, has the weight 1/√2")
  func fourierInputWeights() throws {
    let weights = try #require(try InitialPoles.inputWeights(.fourier, stateSize: 8))
    #expect(weights == [1, 1, 1, Complex(0.5.squareRoot())])
    #expect(try InitialPoles.poles(.fourier, stateSize: 8).map(\.imaginary).last == 0)
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
