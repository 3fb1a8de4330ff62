import ComplexModule
import LinearAlgebra
import RunSupport
import StateSpace
import TestSupport
import Testing

/// Initial poles against the original authors' numbers (golden case 06); 1e-10 is the tolerance that the case suggests.
@Suite struct InitialPolesTests {
  private static let tensorNames: [(InitialPoles.Name, String)] = [
    (.linear, "lin_A"), (.inverse, "inv_A"), (.legS, "legs_A"), (.fourier, "fout_A"),
  ]

  @Test(arguments: [4, 64, 128], tensorNames)
  func poles(stateSize: Int, tensor: (name: InitialPoles.Name, golden: String)) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case06_inits"), subcase: "N\(stateSize)")
    let poles = try InitialPoles.poles(tensor.name, stateSize: stateSize)
    #expect(maxRelative(pairs(poles), try golden.reals(tensor.golden)) < 1e-10)
  }

  @Test(arguments: [4, 64, 128])
  func inputWeights(stateSize: Int) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case06_inits"), subcase: "N\(stateSize)")
    let moduli = try InitialPoles.legSInputWeightModuli(stateSize: stateSize)
    #expect(maxRelative(moduli, try golden.reals("legs_absB")) < 1e-10)
  }

  @Test func denseMatrices() throws {
    let golden = try Fixtures.golden("case06_inits")
    for name in golden.names where name.hasSuffix(".hippo_legs_A") {
      let tensor = try golden.tensor(name)
      let legS = HippoMatrices.legS(stateSize: tensor.shape[0])
      #expect(maxRelative(legS.stateMatrix.entries, try tensor.doubles()) < 1e-15)
      #expect(maxRelative(legS.inputWeights, try golden.tensor(name.dropLast() + "B").doubles()) < 1e-15)
    }
  }

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
    for name in InitialPoles.Name.allCases {
      #expect {
        try InitialPoles.poles(name, stateSize: stateSize)
      } throws: {
        ($0 as? StageError)?.code == .badConfiguration
      }
    }
    #expect(throws: StageError.self) { try InitialPoles.legSInputWeightModuli(stateSize: stateSize) }
  }
}
