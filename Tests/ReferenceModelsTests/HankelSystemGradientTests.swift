import Arrays
import ComplexModule
import ReferenceModels
import StateSpace
import Testing

@Suite struct HankelSystemGradientTests {
  private func random(_ count: Int, timestep: Double) -> HankelSystem {
    var stream = RandomStream(seed: 51, purpose: .testing)
    return HankelSystem(
      markovParameters: (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }, timestep: timestep)
  }

  @Test("ω = ±1 stay where they are, so two samples say nothing about Δt", arguments: [1e-6, 0.1, 5])
  func fixedPoints(timestep: Double) {
    let gradient = random(3, timestep: timestep).gradient(samplesGradient: [Complex(1, 2), Complex(-3, 1)])
    #expect(gradient.logTimestep == 0)
  }

  @Test(arguments: [0.01, 0.7, 5])
  func gradientAgreesWithDifferences(timestep: Double) {
    let system = random(3, timestep: timestep)
    let slopes: [Complex<Double>] = (0..<9).map { (index: Int) in Complex(Double(index * 5 % 7) - 3, Double(index * 3 % 5) - 2) }
    let gradient = system.gradient(samplesGradient: slopes)
    func loss(_ system: HankelSystem) -> Double {
      zip(system.samples(count: 9), slopes).reduce(0) { $0 + ($1.0 * $1.1.conjugate).real }
    }
    func expect(_ value: Double, _ change: (inout HankelSystem, Double) -> Void) {
      var (up, down) = (system, system)
      change(&up, 1e-5)
      change(&down, -1e-5)
      let difference = (loss(up) - loss(down)) / 2e-5
      // step²/6 times a third derivative of some hundreds.
      #expect(abs(value - difference) < 1e-6 * (1 + abs(difference)))
    }
    expect(gradient.logTimestep) { $0.timestep *= .exp($1) }
    for index in 0..<3 {
      expect(gradient.markovParameters[index].real) { $0.markovParameters[index].real += $1 }
      expect(gradient.markovParameters[index].imaginary) { $0.markovParameters[index].imaginary += $1 }
    }
  }
}
