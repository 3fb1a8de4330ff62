import Foundation
import Synchronization
import Vocabulary

/// The logarithms of a filter's bases over half of a circle, from which the powers of every channel come: base^β = e^(β·ln base).
///
/// They depend on the weighting and the circle alone, so they are computed once a process.
final class FilterFrequencies: Sendable {
  /// ln of the base at bins 0 … M/2, sixteen a group, zeros behind; and at their mirrors M − k (0 for 0), nil where these are the same.
  private let logarithms: [DoubleLanes]
  private let mirrored: [DoubleLanes]?

  private struct Key: Hashable {
    let weighting: FilterWeighting
    let count: Int
  }
  private static let known = Mutex<[Key: FilterFrequencies]>([:])

  /// The logarithms for a circle of M = `count` points.
  static func of(_ weighting: FilterWeighting, count: Int) -> FilterFrequencies {
    known.withLock { known in
      let key = Key(weighting: weighting, count: count)
      if let found = known[key] { return found }
      let made = FilterFrequencies(weighting, count: count)
      known[key] = made
      return made
    }
  }

  private init(_ weighting: FilterWeighting, count: Int) {
    let bins = Array(0...count / 2)
    let direct = bins.map { log(weighting.base(bin: $0, of: count)) }
    let mirror = bins.map { log(weighting.base(bin: $0 == 0 ? 0 : count - $0, of: count)) }
    logarithms = Self.grouped(direct)
    mirrored = direct == mirror ? nil : Self.grouped(mirror)
  }

  private static func grouped(_ values: [Double]) -> [DoubleLanes] {
    stride(from: 0, to: values.count, by: 16).map { first in
      var lanes = DoubleLanes.zero
      for lane in 0..<min(16, values.count - first) {
        if lane < 8 { lanes.low[lane] = values[first + lane] } else { lanes.high[lane - 8] = values[first + lane] }
      }
      return lanes
    }
  }

  /// Writes the mean of base^β and its mirror's for bins 0 … M/2, and their derivatives by β, ln base · base^β.
  ///
  /// Both targets take whole groups of sixteen, as far as the circle of whole groups goes.
  func write(exponent: Double, to values: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>?) {
    for group in logarithms.indices {
      var (value, slope) = Self.power(logarithms[group], exponent)
      if let mirrored {
        let other = Self.power(mirrored[group], exponent)
        (value, slope) = (0.5 * (value + other.value), 0.5 * (slope + other.slope))
      }
      VectorMath.store(value, to: values + 16 * group)
      if let slopes { VectorMath.store(slope, to: slopes + 16 * group) }
    }
  }

  /// e^x with x = β·ln base in two floats, e^x = e^high·(1 + low), so that its error is that of the exponential alone.
  @inline(always)
  private static func power(_ logarithm: DoubleLanes, _ exponent: Double) -> (value: Lanes, slope: Lanes) {
    let x = logarithm * exponent
    let high = x.rounded
    let low = (x - DoubleLanes(high)).rounded
    let power = VectorMath.exponential(high)
    let value = VectorMath.multiplyAdd(power, low, power)
    return (value, value * logarithm.rounded)
  }
}
