import Arrays
import RunSupport
import Testing

/// Damages files at random, but the same way in every run: for tests that parsers refuse or read anything, and never crash.
package struct Mutation {
  /// Numbers that often break arithmetic.
  private static let edges: [UInt8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, 0x20, 0x2F, 0x30, 0x39, 0x5C, 0x7B]

  private var stream: RandomStream

  package init(seed: UInt64) { stream = RandomStream(seed: seed, purpose: .testing) }

  /// One to four changes: bits flipped, bytes replaced, parts removed, doubled, inserted or moved, the end cut off.
  package mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...stream.integer(below: 4) {
      if result.isEmpty { result = [UInt8](repeating: 0, count: 1 + stream.integer(below: 16)) }
      let place = stream.integer(below: result.count)
      let end = min(result.count, place + 1 + stream.integer(below: 16))
      switch stream.integer(below: 8) {
      case 0: result[place] ^= 1 << UInt8(stream.integer(below: 8))
      case 1: result[place] = UInt8(stream.integer(below: 256))
      case 2: result[place] = Self.edges[stream.integer(below: Self.edges.count)]
      case 3: for index in place..<end { result[index] = Self.edges[stream.integer(below: Self.edges.count)] }
      case 4: result.removeSubrange(place..<end)
      case 5: result.insert(contentsOf: result[place..<end], at: stream.integer(below: result.count))
      case 6: result.insert(contentsOf: (place..<end).map { _ in UInt8(stream.integer(below: 256)) }, at: place)
      default: result.removeSubrange(place...)
      }
    }
    return result
  }

  /// Parses a file and damaged copies of it, of which more than `least` must be refused. Whatever `parse` throws besides a `StageError` is
  /// thrown on.
  ///
  /// - Returns: how many copies were refused.
  @discardableResult
  package static func expectRefusals(
    _ least: Int, of original: [UInt8], rounds: Int = 2000, seed: UInt64, sourceLocation: SourceLocation = #_sourceLocation,
    _ parse: ([UInt8]) throws -> Void
  ) throws -> Int {
    try parse(original)
    var mutation = Mutation(seed: seed)
    var count = 0
    for _ in 0..<rounds {
      do { try parse(mutation.damage(original)) } catch is StageError { count += 1 }
    }
    #expect(count > least, sourceLocation: sourceLocation)
    return count
  }
}
