import Arrays
import ComplexModule
import StateSpace
import TestSupport
import Testing

@Suite struct HankelSystemTests {
  private func random(_ count: Int, timestep: Double) -> HankelSystem {
    var stream = RandomStream(seed: 51, purpose: .testing)
    return HankelSystem(
      markovParameters: (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }, timestep: timestep)
  }

  @Test("Δt = 1 is a filter with the n Markov parameters as its impulse response, one step late", arguments: [(1, 5), (4, 9), (8, 8)])
  func unitTimestep(count: Int, length: Int) {
    let system = random(count, timestep: 1)
    let expected = (0..<length).map { lag in
      // Lags 1 … n hold h; with n = L the last one returns to lag 0 of the circle.
      system.markovParameters.indices.filter { ($0 + 1) % length == lag }.reduce(0.0) { $0 + system.markovParameters[$1].real }
    }
    #expect(maxRelative(FrequencySamples.kernel(system.samples(count: length)), expected) < 1e-13)
  }

  @Test("samples are Ḡ at the Möbius image of the circle", arguments: [1e-3, 0.1, 1, 30])
  func samplesEqualTheClosedForm(timestep: Double) {
    let system = random(6, timestep: timestep)
    for length in [1, 2, 7, 16] {
      let expected = (0..<length).map { index in
        let point = Complex<Double>(length: 1, phase: 2 * .pi * Double(index) / Double(length))
        let step = Complex(timestep)
        let image = ((1 + step) * point + step - 1) / ((step - 1) * point + step + 1)
        let inverse = image.conjugate / Complex(image.length)
        return system.markovParameters.reversed().reduce(Complex.zero) { ($0 + $1) * inverse }
      }
      // Next to −1 the image's numerator and denominator cancel to Δt of their size.
      #expect(maxRelative(pairs(system.samples(count: length)), pairs(expected)) < 1e-12 / timestep + 1e-13)
    }
  }

  @Test("a Δt that is not a number makes samples that are none") func undefinedTimestep() {
    #expect(random(2, timestep: .nan).samples(count: 3).allSatisfy { !$0.isFinite })
  }

  @Test("n/Δt steps of memory: the pole is (1 − Δt)/(1 + Δt)") func poleOfTheWarpedSystem() {
    // One parameter h = 1: 1/ω′ as a function of ω has its only pole where ω′ = 0.
    let system = HankelSystem(markovParameters: [1], timestep: 0.1)
    #expect(abs(system.pole - 0.9 / 1.1) < 1e-15)
    let kernel = FrequencySamples.kernel(system.samples(count: 200))
    for lag in 1..<40 { #expect(abs(kernel[lag + 1] / kernel[lag] - system.pole) < 1e-9) }
  }
}
