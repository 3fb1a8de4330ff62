import CProcessor

/// The sixteen values of `Lanes` in double precision, for sums.
struct DoubleLanes {
  var low: SIMD8<Double>
  var high: SIMD8<Double>

  @inline(always)
  init(low: SIMD8<Double>, high: SIMD8<Double>) {
    self.low = low
    self.high = high
  }

  @inline(always)
  init(_ lanes: Lanes) { self.init(low: ssm_widened(lanes.lowHalf), high: ssm_widened(lanes.highHalf)) }

  @inline(always)
  static var zero: DoubleLanes { DoubleLanes(low: .zero, high: .zero) }

  @inline(always)
  subscript(lane: Int) -> Double { lane < 8 ? low[lane] : high[lane - 8] }

  /// Rounded to float.
  @inline(always)
  var rounded: Lanes { Lanes(lowHalf: ssm_narrowed(low), highHalf: ssm_narrowed(high)) }

  /// The sum of the lanes, halves first.
  @inline(always)
  var total: Double {
    let eight = low + high
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  @inline(always)
  static func += (left: inout DoubleLanes, right: DoubleLanes) {
    left.low += right.low
    left.high += right.high
  }

  @inline(always)
  static func - (left: DoubleLanes, right: DoubleLanes) -> DoubleLanes {
    DoubleLanes(low: left.low - right.low, high: left.high - right.high)
  }

  @inline(always)
  static func * (left: DoubleLanes, right: DoubleLanes) -> DoubleLanes {
    DoubleLanes(low: left.low * right.low, high: left.high * right.high)
  }

  @inline(always)
  static func * (left: DoubleLanes, right: Double) -> DoubleLanes {
    DoubleLanes(low: left.low * right, high: left.high * right)
  }
}
