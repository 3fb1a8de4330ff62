import ComplexModule
import LinearAlgebra
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Scores, frequency responses and the statements of the papers about them.
@Suite struct SystemTheoryTests {
  @Test("one mode's score is the peak of its response", arguments: Discretization.allCases)
  func modeScores(discretization: Discretization) {
    let system = DiagonalSystem.random(modeCount: 3, seed: 31, discretization: discretization)
    for (index, mode) in system.discrete.modes.enumerated() {
      let peak = (mode.outputWeight * mode.inputWeight / (Complex(length: 1, phase: mode.pole.phase) - mode.pole)).length
      // 1 − |λ̄| by subtraction loses the digits that the margin keeps.
      #expect(abs(system.discrete.modeScores[index] / peak - 1) < 1e-10)
    }
  }

  @Test("margins survive tiny steps", arguments: Discretization.allCases)
  func margins(discretization: Discretization) {
    for damping in [1e-30, 1e-12, 0.1] {
      let margin = discretization.margin(at: Complex(-damping, 1e-3))
      // Both maps have |λ̄| = 1 − damping + O(damping²) next to the axis; the bilinear one divides by |1 − z/2|² = 1 + 2.5e-7.
      #expect(abs(margin / damping - 1) < max(1e-6, damping))
    }
  }

  @Test func scoreOfASystem() {
    // K[k] = 0.5ᵏ: the sum of the kernel, 2, is the largest gain, at θ = 0.
    let mode = DiscreteSystem.Mode(pole: Complex(0.5), margin: 0.5, inputWeight: 1, outputWeight: 1)
    #expect(abs(DiscreteSystem(modes: [mode], outputFactor: 1).score(pointCount: 2) - 2) < 1e-15)
    // A narrow resonance between two points of a coarse grid is found through the angle of its pole.
    let narrow = DiscreteSystem.Mode(pole: Complex(length: 1 - 1e-6, phase: 1), margin: 1e-6, inputWeight: 1, outputWeight: 1)
    #expect(abs(DiscreteSystem(modes: [narrow]).score(pointCount: 3) * 1e-6 - 1) < 1e-5)
  }

  @Test("no output has more energy than the score allows", arguments: [1, 2, 3] as [UInt64])
  func energyBound(seed: UInt64) {
    let system = DiagonalSystem.random(modeCount: 4, seed: seed)
    let input = (0..<300).map { Double(($0 * $0 * 31) % 19) - 9 }
    let energy = { (values: [Double]) in values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    #expect(energy(system.recurrence(input)) <= system.discrete.score(pointCount: 1000) * energy(input))
  }

  @Test("the continuous transfer function is the transform of the impulse response") func continuousTransform() {
    let system = DiagonalSystem(poles: [Complex(-1, 2), Complex(-2, 0)], outputWeights: [Complex(1, 1), Complex(0.5)], timestep: 1)
    let step = 1e-3
    let times = (0...40_000).map { Double($0) * step }
    let response = system.impulseResponse(at: times)
    for frequency in [0, 1, 5.0] {
      // The trapezoidal rule errs by step²/12 times the slope's change, here about 1e-6.
      var integral = Complex<Double>.zero
      for (time, value) in zip(times, response) {
        integral += Complex(length: step, phase: -frequency * time) * Complex(time == 0 ? value / 2 : value)
      }
      #expect((integral - system.continuousTransferFunction(atFrequency: frequency)).length < 1e-5)
    }
  }

  @Test("Proposition 1, exactly", arguments: [(8, 1), (8, 5), (8, 8), (50, 20)])
  func delayGram(delay: Int, modeCount: Int) throws {
    let gram = DelayGram.matrix(delay: delay, modeCount: modeCount)
    let expected = Matrix(modeCount, modeCount) { Complex(Double($0 == $1 ? delay : 0) + 1) }
    #expect(maxRelative(pairs(gram.entries), pairs(expected.entries)) < 1e-13)
    let values = try Eigenvalues.hermitian(gram).values
    #expect(abs(values[modeCount - 1] / values[0] - DelayGram.conditionNumber(delay: delay, modeCount: modeCount)) < 1e-12)
  }

  @Test("a dense system in its eigenbasis is the diagonal one", arguments: Discretization.allCases)
  func denseKernel(discretization: Discretization) throws {
    let system = DiagonalSystem.random(modeCount: 3, seed: 43, discretization: discretization)
    let poles = system.poles + system.poles.map(\.conjugate)
    let dense = DenseSystem(
      stateMatrix: Matrix(6, 6) { $0 == $1 ? poles[$0] : .zero },
      inputWeights: system.inputWeights + system.inputWeights.map(\.conjugate),
      outputWeights: system.outputWeights + system.outputWeights.map(\.conjugate))
    let kernel = try dense.kernel(length: 40, discretization, timestep: system.timestep)
    #expect(maxRelative(kernel.map(\.real), system.kernel(length: 40)) < 1e-12)
    let value = try dense.transferFunction(at: Complex(0, 2))
    #expect((value - system.continuousTransferFunction(atFrequency: 2)).length < 1e-12 * value.length)
  }

  /// Eigenvalues of LegS; the one state of S4-FouT that no input reaches.
  @Test func structuredSystems() throws {
    let legS = DenseSystem.legS(outputWeights: [1, 1, 1, 1])
    #expect(maxRelative(try legS.poles().map(\.real).sorted(), [-4, -3, -2, -1]) < 1e-12)
    // State 1 would be the sine of frequency zero: its eigenvalue is 0, A is singular, and B̄ exists all the same.
    let fourier = DenseSystem.fourier(outputWeights: [1, 0, 0, 0])
    let (discrete, weights) = try fourier.discretized(.zeroOrderHold, timestep: 0.5)
    #expect((discrete[1, 1] - 1).length < 1e-15)
    #expect(weights[1].length < 1e-15)
  }

  @Test func parameterCounts() {
    // S4D-Lin, 64 channels, 32 modes, two directions, tied poles: 64 + 2·2·64·32 + 128.
    #expect(
      ParameterCount.diagonal(width: 64, modeCount: 32, directions: 2, poleSetCount: 1, hasInputWeights: false) == 64 + 8192 + 128)
    #expect(ParameterCount.diagonal(width: 2, modeCount: 3, directions: 1, poleSetCount: 2, hasInputWeights: true) == 24 + 12 + 4)
    #expect(ParameterCount.hankel(width: 8, parameterCount: 64, directions: 2) == 2 * 8 * 130)
  }
}
