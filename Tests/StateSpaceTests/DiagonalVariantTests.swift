import Arrays
import ComplexModule
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// What holds for every choice of poles.
@Suite struct DiagonalVariantTests {
  private static let variants = [
    "linear", "inverse", "legS", "fourier", "waves", "longRangeArena", "denoising", "leftHalfDisc",
  ]

  private func poles(_ variant: String) throws -> [Complex<Double>] {
    var stream = RandomStream(seed: 73, purpose: .testing)
    switch variant {
    case "waves": return TunedPoles.waves(scale: 10, modeCount: 4)
    case "longRangeArena": return TunedPoles.longRangeArena(scale: 3, modeCount: 6)
    case "denoising": return TunedPoles.denoising(spacing: 490.52, modeCount: 5)
    case "leftHalfDisc": return RandomPoles.leftHalfDisc(modeCount: 7, using: &stream)
    default: return try InitialPoles.poles(PoleInitialization(rawValue: variant)!, stateSize: 8)
    }
  }

  @Test("recurrence equals convolution", arguments: variants, Discretization.allCases)
  func viewsAgree(variant: String, discretization: Discretization) throws {
    var stream = RandomStream(seed: 79, purpose: .testing)
    let poles = try poles(variant)
    let system = DiagonalSystem(
      poles: poles, outputWeights: poles.map { _ in Complex(stream.normal(), stream.normal()) }, timestep: 0.01,
      discretization: discretization)
    let input = (0..<150).map { Double(($0 * 37) % 11) - 5 }
    // As for random systems: some times the precision of Double a step.
    #expect(maxRelative(system.recurrence(input), system.convolution(input)) < 2e-12)
  }

  @Test("random poles are damped and fill the half disc") func leftHalfDisc() {
    var stream = RandomStream(seed: 83, purpose: .testing)
    let poles = RandomPoles.leftHalfDisc(modeCount: 4000, using: &stream)
    let radius = 4000 * Double.pi
    #expect(poles.allSatisfy { $0.real < 0 && $0.length <= radius })
    // The share within half the radius is a quarter, above the real axis a half; 3 standard errors of 4000 draws are 0.021 and 0.024.
    #expect(abs(Double(poles.count { $0.length < radius / 2 }) / 4000 - 0.25) < 0.021)
    #expect(abs(Double(poles.count { $0.imaginary > 0 }) / 4000 - 0.5) < 0.024)
    let angles = RandomPoles.angles(modeCount: 4000, using: &stream)
    #expect(angles.allSatisfy { (0..<2 * .pi).contains($0) })
    #expect(abs(Double(angles.count { $0 < .pi }) / 4000 - 0.5) < 0.024)
  }

  @Test("the dense transfer function is the diagonal one", arguments: Discretization.allCases)
  func denseTransferFunction(discretization: Discretization) throws {
    let system = DiagonalSystem.random(modeCount: 3, seed: 89, discretization: discretization)
    let poles = system.poles + system.poles.map(\.conjugate)
    let dense = DenseSystem(
      stateEntries: (0..<36).map { $0 % 7 == 0 ? poles[$0 / 7] : .zero },
      inputWeights: system.inputWeights + system.inputWeights.map(\.conjugate),
      outputWeights: system.outputWeights + system.outputWeights.map(\.conjugate))
    let angles = [-2, 0, 0.1, 1, Double.pi]
    let values = try dense.transferFunction(at: angles, discretization, timestep: system.timestep)
    #expect(maxRelative(pairs(values), pairs(angles.map(system.transferFunction(at:)))) < 1e-11)
  }

  @Test("a dense matrix is not diagonalised on the way") func structuredTransferFunction() throws {
    let system = DenseSystem.legS(outputWeights: (1...6).map { Complex(1, Double($0)) })
    let frequencies = [-3, 0, 0.5, 40.0]
    let expected = try frequencies.map { try system.transferFunction(at: Complex(0, $0)) }
    #expect(maxRelative(pairs(try system.continuousTransferFunction(atFrequencies: frequencies)), pairs(expected)) < 1e-12)
    let integrator = DenseSystem(stateEntries: [0], inputWeights: [1], outputWeights: [1])
    #expect(try integrator.continuousTransferFunction(atFrequencies: [0, 2]) == [.infinity, Complex(0, -0.5)])
  }

  @Test("S4-FouT without its unreached state has the same kernel, and damping") func unreachedState() throws {
    let whole = DenseSystem.fourier(outputWeights: (1...8).map { Complex(Double($0)) })
    let reduced = whole.withoutState(1)
    let kernels = try [whole, reduced].map { try $0.kernel(length: 30, .zeroOrderHold, timestep: 0.1).map(\.real) }
    #expect(maxRelative(kernels[1], kernels[0]) < 1e-13)
    #expect(try reduced.poles().allSatisfy { $0.real < -0.1 })
    #expect(try reduced.hankelSingularValues(.continuous, timestep: 0.1).count == 7)
  }
}
