import Arrays
import ComplexModule
import LinearAlgebra
import StateSpace
import TestSupport
import Testing

/// HOPE's transfer function as a real input meets it, and Theorem 4.
@Suite struct HankelFrequencyTests {
  private func random(_ count: Int, timestep: Double, seed: UInt64 = 97) -> HankelSystem {
    var stream = RandomStream(seed: seed, purpose: .testing)
    return HankelSystem(markovParameters: (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }, timestep: timestep)
  }

  @Test("it is the transform of the kernel", arguments: [0.05, 1, 4], [9, 16])
  func transformOfTheKernel(timestep: Double, length: Int) {
    let system = random(5, timestep: timestep)
    let spectrum = DiscreteFourierTransform.forward(system.kernel(length: length))
    let expected = (0..<length).map { bin in
      system.transferFunction(at: 2 * .pi * Double(2 * bin <= length ? bin : bin - length) / Double(length))
    }
    #expect(maxRelative(pairs(spectrum), pairs(expected)) < 1e-12)
  }

  @Test("imaginary parts of h do not reach a real output") func realPartsDecide() {
    var system = random(6, timestep: 0.3)
    let kernel = system.kernel(length: 20)
    system.markovParameters = system.markovParameters.map { Complex($0.real) }
    #expect(maxRelative(system.kernel(length: 20), kernel) < 1e-13)
  }

  @Test("Hankel singular values depend on h alone, and σ₁ ≤ ‖Ḡ‖∞") func singularValues() throws {
    let (slow, fast) = (random(8, timestep: 0.01), random(8, timestep: 1))
    let values = try slow.hankelSingularValues()
    #expect(try values == fast.hankelSingularValues())
    let largest = fast.samples(count: 4096).map(\.length).max() ?? 0
    #expect(values[0] <= largest)
    // Nehari: ‖Ḡ‖∞ is at most two times the sum of the values.
    #expect(largest <= 2 * values.reduce(0, +))
  }
}
