import Arrays
import Datasets
import Foundation
import Testing

@Suite struct RealTransformTests {
  private static let lengths = [1, 2, 3, 4, 5, 7, 8, 12, 30, 31, 49, 64, 90]

  @Test("equals the sum of cosines and sines", arguments: lengths) func direct(length: Int) {
    var stream = RandomStream(seed: UInt64(length), purpose: .testing)
    let spectrum = (0...length / 2).map { _ in SIMD2(stream.normal(), stream.normal()) }
    let signal = RealTransform(length: length).inverse(spectrum)
    for time in 0..<length {
      var expected = 0.0
      for (bin, value) in spectrum.enumerated() {
        let angle = 2 * Double.pi * Double(bin * time % length) / Double(length)
        let isReal = bin == 0 || 2 * bin == length
        expected += isReal ? value.x * cos(angle) : 2 * (value.x * cos(angle) - value.y * sin(angle))
      }
      #expect(abs(signal[time] - expected / Double(length)) < 1e-13 * Double(length), "n = \(length), t = \(time)")
    }
  }

  @Test("the power of a signal is that of its spectrum", arguments: lengths) func power(length: Int) {
    var stream = RandomStream(seed: UInt64(length), purpose: .testing)
    let spectrum = (0...length / 2).map { bin in SIMD2(stream.normal(), bin == 0 || 2 * bin == length ? 0 : stream.normal()) }
    let transform = RealTransform(length: length)
    let power = transform.power(of: transform.inverse(spectrum))
    for (found, value) in zip(power, spectrum) { #expect(abs(found - value.x * value.x - value.y * value.y) < 1e-11) }
  }
}
