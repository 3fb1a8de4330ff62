import ReferenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Gradients against central differences of the kernel.
@Suite struct DiagonalKernelGradientTests {
  private let step = 1e-5

  private func weights(_ length: Int) -> [Double] { (0..<length).map { Double(($0 * 53) % 17) / 8 - 1 } }

  private func loss(_ system: DiagonalSystem, _ length: Int) -> Double {
    zip(system.kernel(length: length), weights(length)).map(*).reduce(0, +)
  }

  /// (8·(L(x+h) − L(x−h)) − (L(x+2h) − L(x−2h)))/12h, where `change` adds its argument to the parameter.
  private func difference(_ system: DiagonalSystem, _ length: Int, _ change: (inout DiagonalSystem, Double) -> Void) -> Double {
    func rise(_ size: Double) -> Double {
      var (up, down) = (system, system)
      change(&up, size)
      change(&down, -size)
      return loss(up, length) - loss(down, length)
    }
    return (8 * rise(step) - rise(2 * step)) / (12 * step)
  }

  @Test(arguments: [(1, 1), (1, 9), (3, 2), (4, 50), (8, 120)], Discretization.allCases)
  func agreesWithDifferences(size: (modeCount: Int, length: Int), discretization: Discretization) {
    let (modeCount, length) = size
    let system = DiagonalSystem.random(modeCount: modeCount, seed: 13, discretization: discretization)
    let gradient = DiagonalKernelGradient(of: system, kernelGradient: weights(length))

    func expect(_ value: Double, _ name: String, _ change: (inout DiagonalSystem, Double) -> Void) {
      let reference = difference(system, length, change)
      // The difference has an error of step⁴/30 times a fifth derivative, which grows like (Δ·|A|·length)⁵, and about 1e-10 from rounding.
      #expect(abs(value - reference) < 1e-8 + 1e-7 * abs(reference), "\(name), \(modeCount) modes, length \(length)")
    }
    expect(gradient.logTimestep, "log timestep") { $0.timestep *= .exp($1) }
    for mode in 0..<modeCount {
      expect(gradient.logNegativeRealPoles[mode], "log(−Re A[\(mode)])") { system, change in
        system.poles[mode].real *= .exp(change)
      }
      expect(gradient.imaginaryPoles[mode], "Im A[\(mode)]") { $0.poles[mode].imaginary += $1 }
      expect(gradient.inputWeights[mode].real, "Re B[\(mode)]") { $0.inputWeights[mode].real += $1 }
      expect(gradient.inputWeights[mode].imaginary, "Im B[\(mode)]") { $0.inputWeights[mode].imaginary += $1 }
      expect(gradient.outputWeights[mode].real, "Re C[\(mode)]") { $0.outputWeights[mode].real += $1 }
      expect(gradient.outputWeights[mode].imaginary, "Im C[\(mode)]") { $0.outputWeights[mode].imaginary += $1 }
    }
  }
}
