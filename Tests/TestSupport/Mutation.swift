import Arrays
import Foundation
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
  /// thrown on. `MUTATION_ROUNDS` in the environment asks for more rounds, `MUTATION_LOG` for a line of JSON in that file.
  ///
  /// - Parameter cases: test cases of the same parser, which share the rounds of the environment.
  /// - Returns: the share of copies that was refused.
  @discardableResult
  package static func expectRefusals(
    _ least: Int, of original: [UInt8], rounds usual: Int = 2000, cases: Int = 1, seed: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation, _ parse: ([UInt8]) throws -> Void
  ) throws -> Double {
    try parse(original)
    let rounds = environment["MUTATION_ROUNDS"].flatMap { Int($0) }.map { max(usual, $0 / cases) } ?? usual
    var mutation = Mutation(seed: seed)
    var (count, slowest) = (0, 0.0)
    for _ in 0..<rounds {
      let copy = mutation.damage(original)
      let start = ResourceUsage.monotonicSeconds
      do { try parse(copy) } catch is StageError { count += 1 }
      slowest = max(slowest, ResourceUsage.monotonicSeconds - start)
    }
    #expect(count * usual > least * rounds, sourceLocation: sourceLocation)
    try note(tried: rounds, refused: count, slowestSeconds: slowest)
    return Double(count) / Double(rounds)
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// What `attack mutations` reads.
  private struct Entry: Encodable {
    let parser: String
    let tried: Int
    let refused: Int
    let slowestSeconds: Double
  }

  private static func note(tried: Int, refused: Int, slowestSeconds: Double) throws {
    guard let path = environment["MUTATION_LOG"], let test = Test.current else { return }
    let entry = Entry(parser: test.displayName ?? test.name, tried: tried, refused: refused, slowestSeconds: slowestSeconds)
    try EventLog(path: path).append(entry)
  }
}
