import Arrays
import Foundation

/// Videos of digits that fly about and bounce off the borders.
///
/// - Source: NVlabs/ConvSSM, moving_mnist.py; the coloured form: AnnanYu/FreqBiasSSM, MovingMNIST_gen.py. Both draw without a seed; here each
///   sequence has its own stream, so it is the same on any machine, in any order and on any number of threads.
package struct MovingDigits: Sendable {
  package static let side = 64
  /// Part of the range that a digit of speed 1 crosses in a frame.
  private static let step = 0.15

  /// One moving digit.
  package struct Sprite: Sendable, Equatable {
    package var channel: Int
    /// 1 moves 0.15 of the range a frame.
    package var speed: Double
  }

  private let digits: MNISTDigits
  private let frameCount: Int
  private let channelCount: Int
  private let sprites: [Sprite]
  private let seed: UInt64

  /// - Precondition: every sprite's channel exists; positive counts.
  package init(digits: MNISTDigits, frameCount: Int, channelCount: Int, sprites: [Sprite], seed: UInt64) {
    precondition(frameCount > 0 && sprites.allSatisfy { (0..<channelCount).contains($0.channel) }, "MovingDigits: \(sprites)")
    self.digits = digits
    self.frameCount = frameCount
    self.channelCount = channelCount
    self.sprites = sprites
    self.seed = seed
  }

  /// Shape [frames, 64, 64, channels]. Digits that overlap in a channel are combined by their maximum.
  package func sequence(_ index: Int) -> [UInt8] {
    var stream = RandomStream(seed: seed, purpose: .generation, lane: UInt32(index))
    var video = [UInt8](repeating: 0, count: frameCount * Self.side * Self.side * channelCount)
    for sprite in sprites {
      let digit = stream.integer(below: digits.count)
      var path = Path(&stream, speed: sprite.speed * Self.step)
      for frame in 0..<frameCount {
        let (x, y) = path.next(range: Self.side - MNISTDigits.side)
        draw(digit, x: x, y: y, channel: sprite.channel, frame: frame, in: &video)
      }
    }
    return video
  }

  private func draw(_ digit: Int, x: Int, y: Int, channel: Int, frame: Int, in video: inout [UInt8]) {
    let source = digit * MNISTDigits.side * MNISTDigits.side
    for row in 0..<MNISTDigits.side {
      let first = ((frame * Self.side + y + row) * Self.side + x) * channelCount + channel
      for column in 0..<MNISTDigits.side {
        let target = first + column * channelCount
        video[target] = max(video[target], digits.pixels[source + row * MNISTDigits.side + column])
      }
    }
  }

  /// A straight flight in the unit square, reflected at its sides.
  private struct Path {
    private var position: SIMD2<Double>
    private var velocity: SIMD2<Double>

    /// Start uniform in the square, direction uniform.
    init(_ stream: inout RandomStream, speed: Double) {
      position = SIMD2(stream.uniform(), stream.uniform())
      let angle = stream.uniform(0..<2 * .pi)
      velocity = SIMD2(cos(angle), sin(angle)) * speed
    }

    /// Moves first, as the original does, and returns the corner in pixels.
    mutating func next(range: Int) -> (x: Int, y: Int) {
      position += velocity
      for axis in 0..<2 where position[axis] <= 0 || position[axis] >= 1 {
        position[axis] = position[axis] <= 0 ? 0 : 1
        velocity[axis] = -velocity[axis]
      }
      return (Int(position[0] * Double(range)), Int(position[1] * Double(range)))
    }
  }
}
