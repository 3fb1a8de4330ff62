import Arrays
import ComplexModule
import StateSpace
import TestSupport
import Testing

@Suite struct ReferenceFourierTransformTests {
  private func signal(_ count: Int) -> [Complex<Double>] {
    var stream = RandomStream(seed: 71, purpose: .testing)
    return (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }
  }

  @Test("the splitting gives the plain double sum", arguments: [1, 2, 3, 4, 7, 12, 30, 49, 64, 97, 210])
  func equalsTheDefinition(count: Int) {
    let values = signal(count)
    let expected = (0..<count).map { frequency in
      values.indices.reduce(Complex<Double>.zero) { sum, time in
        sum + values[time] * Complex(length: 1, phase: -2 * .pi * Double(frequency * time % count) / Double(count))
      }
    }
    #expect(maxRelative(pairs(ReferenceFourierTransform.forward(values)), pairs(expected)) < 1e-13)
    #expect(maxRelative(pairs(ReferenceFourierTransform.inverse(expected)), pairs(values)) < 1e-13)
  }

  @Test func emptySignalsWork() {
    #expect(ReferenceFourierTransform.forward([Double]()).isEmpty)
    #expect(ReferenceFourierTransform.inverse([]).isEmpty)
  }
}
