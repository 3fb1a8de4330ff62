import Arrays
import Foundation

/// Stripes that the denoising experiment lays over pictures: m·U·cos(2.99433·index), one random strength U per picture and colour channel.
///
/// - Source: TFB's show_faces.ipynb: vertical stripes vary with the column, horizontal ones with the row; U is uniform on [0, 1). Noise is added
///   to values in [0, 1], before the normalisation.
package struct StripeNoise: Sendable, Equatable {
  package enum Orientation: String, Sendable, CaseIterable, Encodable {
    /// Constant along columns: the index is that of the column.
    case vertical
    /// Constant along rows: the index is that of the row.
    case horizontal
  }

  /// Radians per pixel; 128 columns are 61 whole periods.
  package static let frequency = 2.99433

  package let orientation: Orientation
  /// m: 3 for vertical and 5 for horizontal stripes in pictures, 0.5 for both in numbers.
  package let magnitude: Double
  package let seed: UInt64

  package init(_ orientation: Orientation, magnitude: Double, seed: UInt64) {
    self.orientation = orientation
    self.magnitude = magnitude
    self.seed = seed
  }

  /// m·U of each channel of a picture: purpose `noise`, lane = image; both orientations draw from different positions.
  package func amplitudes(image: Int, channelCount: Int) -> [Double] {
    let position = orientation == .vertical ? 0 : UInt64(channelCount)
    var stream = RandomStream(seed: seed, purpose: .noise, lane: UInt32(image), position: position)
    return (0..<channelCount).map { _ in magnitude * stream.uniform() }
  }

  /// Adds the stripes of one picture.
  ///
  /// - Parameters:
  ///   - values: shape [channels, height, width].
  ///   - width: columns of the picture.
  ///   - deviations: what the values of each channel were divided by; 1 for values in [0, 1], 0.5 after (x − 0.5) / 0.5.
  /// - Precondition: `values` holds whole rows of every channel.
  package func add(to values: inout [Float], width: Int, image: Int, deviations: [Double]) {
    let channelCount = deviations.count
    precondition(
      channelCount > 0 && width > 0 && values.count % (channelCount * width) == 0,
      "StripeNoise: \(values.count) values of \(channelCount) channels and width \(width)")
    let height = values.count / (channelCount * width)
    let wave = (0..<(orientation == .vertical ? width : height)).map { cos(Self.frequency * Double($0)) }
    for (channel, amplitude) in amplitudes(image: image, channelCount: channelCount).enumerated() {
      for row in 0..<height {
        let start = (channel * height + row) * width
        for column in 0..<width {
          values[start + column] += Float(amplitude * wave[orientation == .vertical ? column : row] / deviations[channel])
        }
      }
    }
  }
}
