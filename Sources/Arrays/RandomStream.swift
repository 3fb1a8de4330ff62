import Foundation

/// A stream of random numbers for one purpose of one run; its position is part of every checkpoint.
///
/// Each purpose has its own key, so more dropout never shifts the order of the samples. Each draw of 64 bits advances `position` by one.
package struct RandomStream: RandomNumberGenerator, Codable, Sendable, Equatable {
  package enum Purpose: UInt32, Codable, Sendable {
    case initialization = 1
    case shuffle = 2
    case dropout = 3
    case generation = 4
    case split = 5
    case noise = 6
    case testing = 7
    case perturbation = 8
  }

  package let seed: UInt64
  package let purpose: Purpose
  /// Which of the independent streams of that purpose: an epoch, a layer, an image index.
  package let lane: UInt32
  /// How many 64-bit draws were made.
  package private(set) var position: UInt64

  package init(seed: UInt64, purpose: Purpose, lane: UInt32 = 0, position: UInt64 = 0) {
    self.seed = seed
    self.purpose = purpose
    self.lane = lane
    self.position = position
  }

  package mutating func next() -> UInt64 {
    let word = self.word(at: position)
    position &+= 1
    return word
  }

  /// Jumps ahead, for operations that read a range of positions in parallel.
  package mutating func skip(_ count: Int) { position &+= UInt64(count) }

  /// The draw at any position: two draws a Philox block.
  package func word(at position: UInt64) -> UInt64 {
    let index = position >> 1
    let block = Philox.block(
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)),
      counter: SIMD4(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), lane, purpose.rawValue))
    return position & 1 == 0 ? UInt64(block[0]) | UInt64(block[1]) << 32 : UInt64(block[2]) | UInt64(block[3]) << 32
  }

  /// Uniform on [0, 1) with 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  package mutating func uniform(_ range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// Uniform on 0 ..< bound without bias.
  ///
  /// - Source: Lemire, "Fast Random Integer Generation in an Interval", 2019: multiplication with rejection.
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "RandomStream: bound \(bound) is not positive")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let remainder = (0 &- bound) % bound  // 2⁶⁴ mod bound: that many low parts occur once too often
      while product.low < remainder { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Standard normal (Box–Muller, cosine branch: two draws a number, so positions stay countable).
  package mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// The numbers 0 ..< count in random order (Fisher–Yates).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, integer(below: last + 1)) }
    return order
  }
}
