import Arrays
import ComplexModule
import Foundation
import LinearAlgebra
import TestSupport
import Testing

@Suite struct DiscreteFourierTransformTests {
  private static let lengths = [1, 2, 3, 4, 5, 7, 8, 12, 30, 31, 49, 64, 90, 97, 210]

  /// Complex normal numbers, the same in every run.
  private func noise(_ count: Int) -> [Complex<Double>] {
    var stream = RandomStream(seed: UInt64(count), purpose: .testing)
    return (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }
  }

  @Test("the splitting gives the plain double sum", arguments: lengths)
  func equalsTheDefinition(length: Int) {
    let values = noise(length)
    let expected = (0..<length).map { frequency in
      values.indices.reduce(Complex<Double>.zero) { sum, time in
        sum + values[time] * Complex(length: 1, phase: -2 * .pi * Double(frequency * time % length) / Double(length))
      }
    }
    #expect(maxRelative(pairs(DiscreteFourierTransform.forward(values)), pairs(expected)) < 1e-13)
    #expect(maxRelative(pairs(DiscreteFourierTransform.inverse(expected)), pairs(values)) < 1e-13)
  }

  @Test func emptySignalsWork() {
    #expect(DiscreteFourierTransform.forward([Double]()).isEmpty)
    #expect(DiscreteFourierTransform.inverse([]).isEmpty)
  }

  @Test("a half spectrum gives the sum of cosines and sines", arguments: lengths)
  func realInverse(length: Int) {
    let spectrum = noise(length / 2 + 1)
    let signal = DiscreteFourierTransform(length: length).realInverse(spectrum)
    for time in 0..<length {
      var expected = 0.0
      for (bin, value) in spectrum.enumerated() {
        let angle = 2 * Double.pi * Double(bin * time % length) / Double(length)
        let isReal = bin == 0 || 2 * bin == length
        expected += isReal ? value.real * cos(angle) : 2 * (value.real * cos(angle) - value.imaginary * sin(angle))
      }
      #expect(abs(signal[time] - expected / Double(length)) < 1e-13 * Double(length), "n = \(length), t = \(time)")
    }
  }

  @Test("the power of a signal is that of its spectrum", arguments: lengths)
  func power(length: Int) {
    let spectrum = noise(length / 2 + 1).enumerated().map { bin, value in
      bin == 0 || 2 * bin == length ? Complex(value.real) : value
    }
    let transform = DiscreteFourierTransform(length: length)
    let power = transform.power(of: transform.realInverse(spectrum))
    for (found, value) in zip(power, spectrum) { #expect(abs(found - value.lengthSquared) < 1e-11) }
  }
}
