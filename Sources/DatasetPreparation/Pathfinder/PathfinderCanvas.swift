/// Draws paddles and discs with smooth edges; where they overlap, the brighter one shows.
///
/// The brightness of a pixel is the share of it that the shape covers, with the pixel's square turned along the paddle: the limit of drawing
/// at many times the resolution and averaging, and equally bright in all directions. (The original draws at twice the resolution and
/// reduces with a Lanczos filter.)
struct PathfinderCanvas {
  private let size: Int
  private var brightness: [Double]

  init(size: Int) {
    self.size = size
    brightness = [Double](repeating: 0, count: size * size)
  }

  mutating func draw(_ paddle: Paddle, thickness: Double, contrast: Double) {
    let (columns, rows) = paddle.bounds(within: thickness / 2 + 1)
    for row in rows {
      for column in columns {
        let offset = SIMD2(Double(column), Double(row)) - paddle.tail
        let along = offset.x * paddle.direction.x + offset.y * paddle.direction.y
        let across = offset.x * paddle.direction.y - offset.y * paddle.direction.x
        let covered = Self.overlap(along, 0, paddle.length) * Self.overlap(across, -thickness / 2, thickness / 2)
        lighten(column, row, to: contrast * covered)
      }
    }
  }

  mutating func drawDisc(at center: SIMD2<Double>, radius: Double) {
    let point = Paddle(tail: center, direction: SIMD2(1, 0), length: 0)
    let (columns, rows) = point.bounds(within: radius + 1)
    for row in rows {
      for column in columns {
        let distance = point.squaredDistance(to: SIMD2(Double(column), Double(row))).squareRoot()
        lighten(column, row, to: min(max(radius + 0.5 - distance, 0), 1))
      }
    }
  }

  /// Row by row; the range of brightness becomes 0…255.
  var pixels: [UInt8] {
    let darkest = brightness.min() ?? 0
    let range = max((brightness.max() ?? 1) - darkest, 1e-9)
    return brightness.map { UInt8((($0 - darkest) / range * 255).rounded()) }
  }

  private mutating func lighten(_ column: Int, _ row: Int, to value: Double) {
    guard column >= 0, column < size, row >= 0, row < size else { return }
    brightness[row * size + column] = max(brightness[row * size + column], value)
  }

  /// Length that the interval of length 1 around `center` shares with another.
  private static func overlap(_ center: Double, _ low: Double, _ high: Double) -> Double {
    max(0, min(center + 0.5, high) - max(center - 0.5, low))
  }
}
