/// One dash of a contour. Coordinates are (column, row); pixel centres are whole numbers.
package struct Paddle: Sendable, Equatable {
  package let tail: SIMD2<Double>
  /// Unit vector from tail to head.
  package let direction: SIMD2<Double>
  package let length: Double

  package var head: SIMD2<Double> { tail + length * direction }

  /// Columns and rows of all pixels that are at most `distance` away from it.
  func bounds(within distance: Double) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
    let low = pointwiseMin(tail, head) - distance
    let high = pointwiseMax(tail, head) + distance
    return (Self.pixels(low.x, high.x), Self.pixels(low.y, high.y))
  }

  /// Squared distance of a point to the nearest point of the dash's axis.
  func squaredDistance(to point: SIMD2<Double>) -> Double {
    let offset = point - tail
    let along = offset.x * direction.x + offset.y * direction.y
    let rest = offset - min(max(along, 0), length) * direction
    return rest.x * rest.x + rest.y * rest.y
  }

  /// The whole numbers between two bounds, or the one above the lower bound if there is none.
  private static func pixels(_ low: Double, _ high: Double) -> ClosedRange<Int> {
    let first = Int(low.rounded(.up))
    return first...max(first, Int(high.rounded(.down)))
  }
}
