import Arrays
import ComplexModule
import ReferenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

@Suite struct DampedFourierSystemGradientTests {
  private func random(_ inputFactor: FourierInputFactor, outputFactor: Double) -> DampedFourierSystem {
    var stream = RandomStream(seed: 61, purpose: .testing)
    return DampedFourierSystem(
      damping: 0.05, angles: (0..<3).map { _ in stream.uniform(0..<Double.pi) },
      inputWeights: (0..<3).map { _ in Complex(stream.normal(), stream.normal()) },
      outputWeights: (0..<3).map { _ in Complex(stream.normal(), stream.normal()) }, inputFactor: inputFactor, outputFactor: outputFactor)
  }

  @Test(arguments: FourierInputFactor.allCases, [1.0, 2])
  func gradientAgreesWithDifferences(inputFactor: FourierInputFactor, outputFactor: Double) {
    let system = random(inputFactor, outputFactor: outputFactor)
    let weights = (0..<30).map { Double(($0 * 53) % 17) / 8 - 1 }
    let gradient = system.gradient(kernelGradient: weights)
    func loss(_ system: DampedFourierSystem) -> Double { dotProduct(system.kernel(length: 30), weights) }
    func expect(_ value: Double, _ change: (inout DampedFourierSystem, Double) -> Void) {
      var (up, down) = (system, system)
      change(&up, 1e-5)
      change(&down, -1e-5)
      let difference = (loss(up) - loss(down)) / 2e-5
      // step²/6 times a third derivative, up to 30³ of the kernel's size.
      #expect(abs(value - difference) < 1e-5 * (1 + abs(difference)))
    }
    expect(gradient.logDamping) { $0.damping *= .exp($1) }
    for mode in 0..<3 {
      expect(gradient.angles[mode]) { $0.angles[mode] += $1 }
      expect(gradient.inputWeights[mode].real) { $0.inputWeights[mode].real += $1 }
      expect(gradient.inputWeights[mode].imaginary) { $0.inputWeights[mode].imaginary += $1 }
      expect(gradient.outputWeights[mode].real) { $0.outputWeights[mode].real += $1 }
      expect(gradient.outputWeights[mode].imaginary) { $0.outputWeights[mode].imaginary += $1 }
    }
  }
}
