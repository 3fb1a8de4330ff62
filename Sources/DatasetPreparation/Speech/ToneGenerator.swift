import Arrays
import Foundation

/// Sounds of Speech Commands' shape that need no download: each class is a steady tone, a rising or a falling chirp in one band.
///
/// All frequencies lie below 4 kHz, so that every second sample still holds the whole sound and the change of the sampling rate can be
/// tested on data where it is exact. A class is told by direction and band, never by loudness, place or noise.
package struct ToneGenerator: Sendable {
  package static let classCount = 9
  /// Lowest and highest frequency of each band, in Hz.
  static let bands: [ClosedRange<Double>] = [200...500, 700...1400, 1900...3400]

  private let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  package func label(_ index: Int) -> Int { index % Self.classCount }

  /// The samples of a record: a function of seed and index alone.
  ///
  /// Silence, a sound of 0.4 to 0.9 s with smooth ends, silence; white noise over the whole second.
  package func samples(_ index: Int) -> [Int16] {
    var stream = RandomStream(seed: seed, purpose: .generation, lane: UInt32(index))
    let (direction, band) = label(index).quotientAndRemainder(dividingBy: Self.bands.count)
    let (begin, end) = Self.frequencies(direction: direction, band: Self.bands[band], &stream)
    let rate = Double(SpeechCommands.sampleRate)
    let duration = stream.uniform(0.4..<0.9)
    let start = stream.uniform(0..<1 - duration)
    let loudness = stream.uniform(0.1..<0.6)
    let noise = loudness * stream.uniform(0.02..<0.2)
    let firstPhase = stream.uniform(0..<2 * .pi)
    return (0..<SpeechCommands.length).map { step in
      let time = Double(step) / rate - start
      var value = noise * (2 * stream.uniform() - 1)
      if time >= 0 && time < duration {
        let envelope = sin(.pi * time / duration)
        let phase = firstPhase + 2 * .pi * (begin * time + (end - begin) * time * time / (2 * duration))
        value += loudness * envelope * sin(phase)
      }
      return Int16((value * 32767).rounded())
    }
  }

  /// First and last frequency in Hz: steady (0), rising (1) or falling (2) within the band.
  private static func frequencies(direction: Int, band: ClosedRange<Double>, _ stream: inout RandomStream) -> (Double, Double) {
    let width = band.upperBound - band.lowerBound
    let low = band.lowerBound + 0.25 * width * stream.uniform()
    let high = band.upperBound - 0.25 * width * stream.uniform()
    switch direction {
    case 0:
      let middle = low + (high - low) * stream.uniform()
      return (middle, middle)
    case 1: return (low, high)
    default: return (high, low)
    }
  }
}
