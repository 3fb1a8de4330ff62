import Foundation

/// Reads the label off a picture: follows the dashes from each disc for the length of a contour and looks whether the best chain ends at
/// the other disc.
///
/// It knows the rules of the generator (spacing, largest turn, paddles of a contour), but not what was drawn. It is right for nearly all
/// pictures of 64 pixels and more, for about nine in ten of 32 pixels with short contours and three in four with long ones; so it tells a
/// folder whose labels belong to its pictures from one whose labels do not.
package struct PathfinderTrace {
  /// A dash counts if its axis is on average at least so bright, as a share of the brightness of the ink.
  private static let tolerance = 0.35
  /// A dash may begin so many pixels beside where the last one points.
  private static let slack = 0.3
  /// A chain ends at a disc if it comes so near to its centre, in pixels, or into the disc.
  private static let reach = 1.5
  private static let angleStep = 5 * Double.pi / 180
  /// Chains that are followed at a time.
  private static let width = 100

  private let settings: PathfinderSettings
  private let pixels: [UInt8]

  /// - Precondition: a square picture of the settings' size.
  package init(pixels: [UInt8], settings: PathfinderSettings) {
    precondition(pixels.count == settings.resolution * settings.resolution, "PathfinderTrace: \(pixels.count) pixels")
    self.pixels = pixels
    self.settings = settings
  }

  /// 1 if the best chain of dashes from a disc ends at the other disc, else 0.
  package var label: Int {
    let discs = self.discs
    var best: (there: Double, elsewhere: Double) = (0, 0)
    for margin in settings.margins.map(Double.init) {
      for (start, end) in [(discs[0], discs[1]), (discs[1], discs[0])] {
        for step in chains(from: start, margin: margin) {
          if Self.distance(step.head, end) <= max(Self.reach, settings.markerRadius) {
            best.there = max(best.there, step.score)
          } else {
            best.elsewhere = max(best.elsewhere, step.score)
          }
        }
      }
    }
    return best.there > best.elsewhere ? 1 : 0
  }

  /// Centres of the two brightest spots of a marker's size.
  package var discs: [SIMD2<Double>] {
    let reach = Int(settings.markerRadius.rounded(.up))
    let size = settings.resolution
    var sums: [(sum: Int, center: SIMD2<Double>)] = []
    for row in 0..<size {
      for column in 0..<size where pixels[row * size + column] > 127 {
        sums.append((brightness(around: column, row, reach: reach), SIMD2(Double(column), Double(row))))
      }
    }
    let first = sums.max { $0.sum < $1.sum }?.center ?? .zero
    let second = sums.filter { Self.distance($0.center, first) > 1.5 * settings.markerRadius }.max { $0.sum < $1.sum }?.center ?? .zero
    return [first, second]
  }

  private struct Step {
    var head: SIMD2<Double>
    var angle: Double
    /// Brightness of all dashes so far minus that of the gaps between them.
    var score: Double
  }

  /// The ends of the brightest chains of a contour's length.
  private func chains(from start: SIMD2<Double>, margin: Double) -> [Step] {
    var steps = continuations(of: start, angles: stride(from: 0, to: 2 * .pi, by: Self.angleStep), score: 0)
    for _ in 1..<settings.contourLength {
      let largestTurn = Double.pi / 2 / settings.continuity
      var next: [Step] = []
      for step in steps {
        let pivot = step.head + 2 * margin * Self.direction(step.angle)
        let gap = brightness(at: step.head + margin * Self.direction(step.angle))
        let angles = stride(from: step.angle - largestTurn, through: step.angle + largestTurn, by: Self.angleStep)
        next += continuations(of: pivot, angles: angles, score: step.score - gap)
      }
      steps = thinned(next)
    }
    return steps
  }

  /// Dashes that begin near a point and are bright enough.
  private func continuations(of pivot: SIMD2<Double>, angles: some Sequence<Double>, score: Double) -> [Step] {
    var steps: [Step] = []
    for angle in angles {
      let direction = Self.direction(angle)
      for across in [-Self.slack, 0, Self.slack] {
        for along in [-Self.slack, 0, Self.slack] {
          let tail = pivot + along * direction + across * SIMD2(-direction.y, direction.x)
          let light = brightness(from: tail, direction)
          guard light >= Self.tolerance * ink else { continue }
          steps.append(Step(head: tail + settings.paddleLength * direction, angle: angle, score: score + light))
        }
      }
    }
    return thinned(steps)
  }

  /// The best steps, only one of those that are nearly alike.
  private func thinned(_ steps: [Step]) -> [Step] {
    var kept: [Step] = []
    for step in steps.sorted(by: { $0.score > $1.score }) where kept.count < Self.width {
      let known = kept.contains { Self.distance($0.head, step.head) < 0.75 && cos($0.angle - step.angle) > 0.9 }
      if !known { kept.append(step) }
    }
    return kept
  }

  /// Mean brightness of a dash's axis, 0…1.
  private func brightness(from tail: SIMD2<Double>, _ direction: SIMD2<Double>) -> Double {
    let count = Int(settings.paddleLength) + 1
    let sum = (0..<count).reduce(0.0) { sum, index in
      sum + brightness(at: tail + settings.paddleLength * Double(index) / Double(count - 1) * direction)
    }
    return sum / Double(count)
  }

  /// Interpolated between the four nearest pixels; 0 outside.
  private func brightness(at point: SIMD2<Double>) -> Double {
    let corner = point.rounded(.down)
    let share = point - corner
    let (column, row) = (Int(corner.x), Int(corner.y))
    guard min(column, row) >= 0, max(column, row) + 1 < settings.resolution else { return 0 }
    func pixel(_ column: Int, _ row: Int) -> Double { Double(pixels[row * settings.resolution + column]) / 255 }
    let upper = pixel(column, row) * (1 - share.x) + pixel(column + 1, row) * share.x
    let lower = pixel(column, row + 1) * (1 - share.x) + pixel(column + 1, row + 1) * share.x
    return upper * (1 - share.y) + lower * share.y
  }

  private func brightness(around column: Int, _ row: Int, reach: Int) -> Int {
    var sum = 0
    for y in max(0, row - reach)...min(settings.resolution - 1, row + reach) {
      for x in max(0, column - reach)...min(settings.resolution - 1, column + reach) {
        let (dx, dy) = (Double(x - column), Double(y - row))
        if dx * dx + dy * dy <= settings.markerRadius * settings.markerRadius { sum += Int(pixels[y * settings.resolution + x]) }
      }
    }
    return sum
  }

  /// Brightness of a dash's axis, 0…1.
  private var ink: Double { min(1, settings.contrast * min(1, settings.paddleThickness)) }

  private static func direction(_ angle: Double) -> SIMD2<Double> { SIMD2(cos(angle), sin(angle)) }

  private static func distance(_ first: SIMD2<Double>, _ second: SIMD2<Double>) -> Double {
    let offset = first - second
    return (offset.x * offset.x + offset.y * offset.y).squareRoot()
  }
}
