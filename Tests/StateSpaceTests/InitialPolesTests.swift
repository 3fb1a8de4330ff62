import ComplexModule
import LinearAlgebra
import RunSupport
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Initial poles against the original authors' numbers (golden case 06); 1e-10 is the tolerance that the case suggests.
@Suite struct InitialPolesTests {
  private static let tensorNames: [(PoleInitialization, String)] = [
    (.linear, "lin_A"), (.inverse, "inv_A"), (.legS, "legs_A"), (.fourier, "fout_A"),
  ]

  @Test(arguments: [4, 64, 128], tensorNames)
  func poles(stateSize: Int, tensor: (name: PoleInitialization, golden: String)) throws {
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

/// α-scaled initial poles against the original authors' numbers (golden case 03a); 1e-10 is the tolerance that the case suggests.
@Suite struct TunedPolesTests {
  @Test(arguments: [0.01, 1, 3, 10], [4, 64])
  func poles(scale: Double, modeCount: Int) throws {
    let name = scale < 1 ? "0.01" : String(Int(scale))
    let golden = GoldenTensors(file: try Fixtures.golden("case03a_freqbias_inits"), subcase: "alpha\(name)_N\(modeCount)")
    let waves = TunedPoles.waves(scale: scale, modeCount: modeCount)
    let arena = TunedPoles.longRangeArena(scale: scale, modeCount: modeCount)
    let denoising = TunedPoles.denoising(spacing: scale * .pi, modeCount: modeCount / 2)
    #expect(maxRelative(waves.map(\.imaginary), try golden.reals("waves_A_imag")) < 1e-10)
    #expect(waves.allSatisfy { $0.real == -0.5 })
    #expect(maxRelative(arena.map { -$0.imaginary }, try golden.reals("lra_A_imag")) < 1e-10)
    #expect(maxRelative(arena.map { .log(-$0.real) }, try golden.reals("lra_A_real")) < 1e-10)
    #expect(maxRelative(denoising.map(\.imaginary), try golden.reals("denoise_A_imag")) < 1e-10)
    #expect(maxRelative(denoising.map { .log(-$0.real) }, try golden.reals("denoise_log_A_real")) < 1e-10)
  }

  @Test("α = 1 is S4D-Lin but for its first frequency") func linear() throws {
    let linear = try InitialPoles.poles(.linear, stateSize: 128)
    let tuned = TunedPoles.longRangeArena(scale: 1, modeCount: 64)
    #expect(tuned.dropFirst() == linear.dropFirst())
    #expect(tuned[0] == Complex(-0.5, -1e-4))
  }
}
