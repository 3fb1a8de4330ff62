import ComplexModule
import StateSpace
import TestSupport
import Testing
import Vocabulary

@Suite struct DiagonalSystemTests {
  private static let sizes = [(1, 1), (1, 8), (2, 1), (4, 33), (16, 128), (32, 200)]

  private func input(_ length: Int) -> [Double] { (0..<length).map { Double(($0 * 37) % 11) - 5 } }

  @Test("recurrence equals convolution", arguments: sizes, Discretization.allCases)
  func viewsAgree(size: (modeCount: Int, length: Int), discretization: Discretization) {
    let system = DiagonalSystem.random(modeCount: size.modeCount, seed: 7, discretization: discretization)
    let signal = input(size.length)
    // Rounding grows with the number of steps; 1e-14 is about fifty times the precision of Double.
    #expect(maxRelative(system.recurrence(signal), system.convolution(signal)) < 1e-14 * Double(size.length + 50))
  }

  @Test("response to an impulse is the kernel", arguments: Discretization.allCases)
  func impulse(discretization: Discretization) {
    let system = DiagonalSystem.random(modeCount: 5, seed: 3, discretization: discretization)
    let response = system.recurrence([1] + [Double](repeating: 0, count: 99))
    #expect(maxRelative(response, system.kernel(length: 100)) < 1e-12)
  }

  @Test("transfer function is the transform of a long kernel", arguments: Discretization.allCases)
  func transferFunction(discretization: Discretization) {
    var system = DiagonalSystem.random(modeCount: 4, seed: 11, discretization: discretization)
    system.timestep = 0.1  // damping at least exp(−2): 0.1·exp(−2)·4000 = 54 time constants, the rest of the kernel is below 1e-23
    let kernel = system.kernel(length: 4000)
    for angle in [0, 0.01, 0.5, 2, Double.pi, -1, 5] {
      let transform = kernel.enumerated().reduce(Complex<Double>.zero) { sum, term in
        sum + Complex(term.element) * Complex(length: 1, phase: -angle * Double(term.offset))
      }
      let value = system.transferFunction(at: angle)
      #expect((value - transform).magnitude < 1e-11 * transform.magnitude, "angle \(angle)")
    }
  }

  @Test func integratorHasTheExpectedKernel() {
    // One real pole −1 counts twice (with its "conjugate"): K[k] = 2·(1 − e^−Δ)·e^−kΔ.
    let system = DiagonalSystem(poles: [Complex(-1, 0)], outputWeights: [1], timestep: 0.5)
    let expected = (0..<6).map { 2 * (1 - Double.exp(-0.5)) * Double.exp(-0.5 * Double($0)) }
    #expect(maxRelative(system.kernel(length: 6), expected) < 1e-15)
  }

  @Test func emptyLengthsAndSystemsWork() {
    let system = DiagonalSystem.random(modeCount: 3, seed: 1)
    #expect(system.kernel(length: 0).isEmpty)
    #expect(system.recurrence([]).isEmpty)
    let none = DiagonalSystem(poles: [], outputWeights: [], timestep: 1)
    #expect(none.kernel(length: 2) == [0, 0])
    #expect(none.transferFunction(at: 1) == 0)
  }

  /// The bilinear map and the zero-order hold both approach the continuous system, K[k]/Δ → 2·Re(C·B·exp(kΔλ)).
  @Test(arguments: Discretization.allCases) func smallStepsApproachTheContinuousSystem(discretization: Discretization) {
    var system = DiagonalSystem.random(modeCount: 3, seed: 5, discretization: discretization)
    system.timestep = 1e-6
    let expected = zip(zip(system.poles, system.inputWeights), system.outputWeights).reduce(0.0) { sum, term in
      sum + 2 * (term.0.1 * term.1 * .exp(term.0.0 * Complex(1e-6 * 1000))).real
    }
    #expect(abs(system.kernel(length: 1001)[1000] / 1e-6 / expected - 1) < 1e-4)
  }
}
