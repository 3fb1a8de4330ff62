import Datasets
import Foundation
import Testing

@Suite struct StripeNoiseTests {
  private func noise(_ orientation: StripeNoise.Orientation, image: Int = 4, deviation: Double = 1) -> [Float] {
    var values = [Float](repeating: 0, count: 3 * 5 * 7)
    StripeNoise(orientation, magnitude: 3, seed: 2).add(
      to: &values, width: 7, image: image, deviations: [deviation, deviation, deviation])
    return values
  }

  @Test("m·U·cos(2.99433·index) along the right direction, its own U for each channel", arguments: StripeNoise.Orientation.allCases)
  func formula(orientation: StripeNoise.Orientation) {
    let amplitudes = StripeNoise(orientation, magnitude: 3, seed: 2).amplitudes(image: 4, channelCount: 3)
    #expect(Set(amplitudes).count == 3 && amplitudes.allSatisfy { 0..<3 ~= $0 })
    for (index, value) in noise(orientation).enumerated() {
      let (channel, row, column) = (index / 35, index / 7 % 5, index % 7)
      let expected = amplitudes[channel] * cos(2.99433 * Double(orientation == .vertical ? column : row))
      #expect(abs(Double(value) - expected) < 1e-6)  // a rounding of float32 near 3
    }
  }

  @Test("another image, orientation or seed draws other strengths; the same ones always the same")
  func streams() {
    #expect(noise(.vertical) == noise(.vertical))
    #expect(noise(.vertical) != noise(.vertical, image: 5))
    let vertical = StripeNoise(.vertical, magnitude: 1, seed: 2).amplitudes(image: 0, channelCount: 3)
    let horizontal = StripeNoise(.horizontal, magnitude: 1, seed: 2).amplitudes(image: 0, channelCount: 3)
    #expect(Set(vertical).isDisjoint(with: horizontal))
    #expect(vertical != StripeNoise(.vertical, magnitude: 1, seed: 3).amplitudes(image: 0, channelCount: 3))
  }

  @Test("after (x − 0.5) / 0.5 the stripes are twice as strong") func normalised() {
    for (once, twice) in zip(noise(.horizontal), noise(.horizontal, deviation: 0.5)) { #expect(abs(twice - 2 * once) < 1e-6) }
  }

  @Test("128 columns are 61 whole periods, so in raster order a vertical stripe is one tone") func wholePeriods() {
    #expect(abs(StripeNoise.frequency * 128 - 61 * 2 * .pi) < 0.001)
  }
}
