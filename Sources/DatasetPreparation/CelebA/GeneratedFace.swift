import Arrays
import Foundation

/// Face-like pictures for use without CelebA: an oval on a gradient, hair, eyes, nose and mouth, all with soft edges.
///
/// Like photographs they are smooth, with most power at low frequencies; that is all that the denoising experiment needs.
package enum GeneratedFace {
  package static let side = 178

  /// Purpose `generation`, lane = index: the same picture on any machine and in any order.
  package static func picture(_ index: Int, seed: UInt64) -> Picture {
    var stream = RandomStream(seed: seed, purpose: .generation, lane: UInt32(index))
    let layers = layers(&stream)
    let (from, to) = (colour(&stream, 40...220), colour(&stream, 40...220))
    let angle = stream.uniform(0..<2 * .pi)
    let (across, down) = (cos(angle), sin(angle))
    let light = stream.uniform(-0.25..<0.25)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * 3)
    for row in 0..<side {
      for column in 0..<side {
        let (x, y) = ((Double(column) + 0.5) / Double(side), (Double(row) + 0.5) / Double(side))
        let place = min(1, max(0, 0.5 + (x - 0.5) * across + (y - 0.5) * down))
        var value = from + (to - from) * place
        for layer in layers { value += (layer.colour - value) * layer.cover(x, y) }
        value *= 1 + light * (x - 0.5) * 2
        for channel in 0..<3 { pixels.append(UInt8(min(255, max(0, value[channel].rounded())))) }
      }
    }
    return Picture(width: side, height: side, channelCount: 3, pixels: pixels)
  }

  /// An ellipse with a soft edge, in units of the picture's side.
  private struct Layer {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var softness: Double
    var colour: SIMD3<Double>

    /// From 0 outside to 1 inside, smooth between.
    func cover(_ x: Double, _ y: Double) -> Double {
      let (across, down) = ((x - self.x) / width, (y - self.y) / height)
      let depth = (1 - (across * across + down * down).squareRoot()) / softness
      if depth <= 0 { return 0 }
      return depth >= 1 ? 1 : depth * depth * (3 - 2 * depth)
    }
  }

  /// From back to front.
  private static func layers(_ stream: inout RandomStream) -> [Layer] {
    let (x, y) = (stream.uniform(0.44..<0.56), stream.uniform(0.48..<0.58))
    let (width, height) = (stream.uniform(0.24..<0.32), stream.uniform(0.34..<0.42))
    let tone = stream.uniform(0.35..<1)
    let skin = SIMD3(238, 200, 170) * tone + SIMD3(stream.uniform(-10..<10), 0, stream.uniform(-10..<10))
    let hair = colour(&stream, 15...140)
    let (eyeDistance, eyeHeight) = (width * stream.uniform(0.4..<0.5), y - height * stream.uniform(0.15..<0.25))
    let iris = colour(&stream, 20...120)
    let mouth = SIMD3(180, 70, 75) * (0.5 + tone / 2)
    let mouthHeight = y + height * stream.uniform(0.45..<0.55)
    let mouthWidth = width * stream.uniform(0.35..<0.55)
    var layers = [
      Layer(x: x, y: 1.15, width: 0.55, height: 0.3, softness: 0.1, colour: colour(&stream, 20...200)),
      Layer(x: x, y: y - height * 0.18, width: width * 1.22, height: height * 1.1, softness: 0.15, colour: hair),
      Layer(x: x, y: y + height * 0.1, width: width, height: height, softness: 0.12, colour: skin),
      Layer(x: x, y: y + height * 0.2, width: width * 0.14, height: height * 0.16, softness: 1, colour: skin * 0.82),
      Layer(x: x, y: mouthHeight, width: mouthWidth, height: 0.028, softness: 0.5, colour: mouth),
    ]
    for side in [-1.0, 1] {
      let eye = x + side * eyeDistance
      layers += [
        Layer(x: eye, y: eyeHeight - 0.055, width: 0.065, height: 0.014, softness: 0.8, colour: hair),
        Layer(x: eye, y: eyeHeight, width: 0.05, height: 0.024, softness: 0.3, colour: SIMD3(240, 240, 238)),
        Layer(x: eye, y: eyeHeight, width: 0.024, height: 0.024, softness: 0.4, colour: iris),
      ]
    }
    return layers
  }

  private static func colour(_ stream: inout RandomStream, _ range: ClosedRange<Double>) -> SIMD3<Double> {
    let span = range.lowerBound..<range.upperBound
    return SIMD3(stream.uniform(span), stream.uniform(span), stream.uniform(span))
  }
}
