import Arrays
import Foundation
import Testing

@Suite struct RandomStreamTests {
  private let count = 20_000

  @Test func firstDrawsAreFixed() {
    var stream = RandomStream(seed: 1, purpose: .shuffle)
    let block = Philox.block(key: SIMD2(1, 0), counter: SIMD4(0, 0, 0, 2))
    #expect(stream.next() == UInt64(block[0]) | UInt64(block[1]) << 32)
    #expect(stream.next() == UInt64(block[2]) | UInt64(block[3]) << 32)
    #expect(stream.position == 2)
  }

  @Test func positionIsResumed() throws {
    var stream = RandomStream(seed: 3, purpose: .dropout, lane: 5)
    for _ in 0..<7 { _ = stream.next() }
    _ = stream.integer(below: 10)
    let saved = try JSONDecoder().decode(RandomStream.self, from: JSONEncoder().encode(stream))
    #expect(saved == stream)
    var resumed = saved
    let later = (0..<20).map { _ in stream.normal() }
    #expect((0..<20).map { _ in resumed.normal() } == later)
  }

  @Test func skippingEqualsDrawing() {
    var drawn = RandomStream(seed: 9, purpose: .noise)
    let words = (0..<11).map { _ in drawn.next() }
    var skipped = RandomStream(seed: 9, purpose: .noise)
    skipped.skip(10)
    #expect(skipped.next() == words[10])
    #expect(skipped.word(at: 4) == words[4])
  }

  @Test func seedsPurposesAndLanesAreIndependent() {
    var streams = [
      RandomStream(seed: 1, purpose: .shuffle), RandomStream(seed: 2, purpose: .shuffle),
      RandomStream(seed: 1 << 32 | 1, purpose: .shuffle), RandomStream(seed: 1, purpose: .dropout),
      RandomStream(seed: 1, purpose: .shuffle, lane: 1),
    ]
    var words: [[Double]] = []
    for index in streams.indices { words.append((0..<count).map { _ in streams[index].uniform() - 0.5 }) }
    for first in words.indices {
      for second in words.indices where second > first {
        let products = zip(words[first], words[second]).map(*)
        let correlation = products.reduce(0, +) / Double(count) * 12
        #expect(abs(correlation) < 5 / Double(count).squareRoot(), "streams \(first) and \(second)")  // five standard deviations
      }
    }
  }

  @Test func uniformNumbersHaveTheirMoments() {
    var stream = RandomStream(seed: 4, purpose: .testing)
    let values = (0..<count).map { _ in stream.uniform() }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
    #expect(abs(mean - 0.5) < 5 * (1 / (12 * Double(count))).squareRoot())  // five standard errors
    #expect(abs(variance - 1.0 / 12) < 5 * (1 / (180 * Double(count))).squareRoot())
    #expect((0..<100).allSatisfy { _ in (-3.0..<2).contains(stream.uniform(-3..<2)) })
  }

  @Test func normalNumbersHaveTheirMoments() {
    var stream = RandomStream(seed: 5, purpose: .testing)
    let values = (0..<count).map { _ in stream.normal() }
    func moment(_ power: Double) -> Double { values.map { pow($0, power) }.reduce(0, +) / Double(count) }
    let error = 5 / Double(count).squareRoot()  // five standard errors, times the deviation of the power
    #expect(abs(moment(1)) < error)
    #expect(abs(moment(2) - 1) < error * 2.0.squareRoot())
    #expect(abs(moment(3)) < error * 15.0.squareRoot())
    #expect(abs(moment(4) - 3) < error * 96.0.squareRoot())
    #expect(stream.position == UInt64(2 * count))
  }

  @Test("integers are unbiased", arguments: [1, 2, 7, 10])
  func integers(bound: Int) {
    var stream = RandomStream(seed: 6, purpose: .testing)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<count { counts[stream.integer(below: bound)] += 1 }
    let expected = Double(count) / Double(bound)
    let statistic = counts.map { (Double($0) - expected) * (Double($0) - expected) / expected }.reduce(0, +)
    #expect(statistic < 35)  // chi-squared with at most 9 degrees of freedom: chance 6e-5
  }

  /// With a bound of 3/4 of the range a plain remainder would hit the lower third twice as often as the rest.
  @Test func hugeBoundsAreUnbiased() {
    var stream = RandomStream(seed: 7, purpose: .testing)
    let bound = Int.max / 4 * 3
    let low = (0..<count).filter { _ in stream.integer(below: bound) < bound / 3 }.count
    #expect(abs(Double(low) / Double(count) - 1.0 / 3) < 5 * (2.0 / 9 / Double(count)).squareRoot())
  }

  /// Stored so that the order of training samples cannot change with a compiler or library.
  @Test func integersAreFixed() {
    var stream = RandomStream(seed: 8, purpose: .shuffle)
    var words = RandomStream(seed: 8, purpose: .shuffle)
    for bound in [3, 10, 1000, Int.max] {
      #expect(stream.integer(below: bound) == Int(words.next().multipliedFullWidth(by: UInt64(bound)).high))
    }
  }

  @Test func permutationsAreComplete() {
    var stream = RandomStream(seed: 10, purpose: .shuffle)
    let order = stream.permutation(1000)
    #expect(order.sorted() == Array(0..<1000))
    #expect(order != Array(0..<1000))
    #expect(stream.permutation(0).isEmpty)
    #expect(stream.permutation(1) == [0])
  }
}
