import Accelerators
import Arrays
import ReferenceModels
import TestSupport
import Testing

@testable import Operations

@Suite struct DropoutTests {
  /// A position beyond 2³² words, so that both halves of the counter are in use.
  private static func stream(at position: UInt64 = 0x1_2345_6780) -> RandomStream {
    RandomStream(seed: 0xFEDC_BA98_7654_3210, purpose: .dropout, lane: 3, position: position)
  }

  /// The factors of a mask for some steps of each row of [B, H, L].
  private func factors(_ mask: Dropout.Cache, _ shape: [Int], steps: Range<Int>? = nil) -> [Float] {
    let steps = steps ?? 0..<shape[2]
    let row = Tensor(uninitialized: [steps.count + Dropout.RowFactors.margin])
    return (0..<shape[0] * shape[1]).flatMap { index -> ArraySlice<Float> in
      Dropout.rowFactors(mask)?.write(row: index, steps: steps, to: row.elements)
      return row.values().prefix(steps.count)
    }
  }

  @Test("mask and scale agree with the reference", arguments: [[1, 1, 1], [2, 3, 5], [3, 2, 37]], [true, false])
  func agreesWithReference(shape: [Int], tied: Bool) {
    let count = shape.reduce(1, *)
    var (stream, other) = (Self.stream(), Self.stream())
    let mask = Dropout.draw(shape, probability: 0.3, tied: tied, stream: &stream)
    let expected = ReferenceDropout.apply(
      Array(repeating: 1, count: count), probability: 0.3, stream: &other, valuesPerDecision: tied ? shape[2] : 1)
    #expect(maxRelative(factors(mask, shape).map(Double.init), expected) < 2e-7)
    #expect(stream == other && stream.position - Self.stream().position == UInt64(tied ? shape[0] * shape[1] : count))
  }

  @Test("a program has the same mask, bit for bit", .needsPlugin, arguments: [[2, 3, 5], [3, 2, 37]], [true, false])
  func program(shape: [Int], tied: Bool) throws {
    var stream = Self.stream()
    let mask = Dropout.draw(shape, probability: 0.3, tied: tied, stream: &stream)
    let ones = Tensor(shape, filledWith: 1)
    let masked = try Engine.device.place.run([ones], dropoutSeed: Self.stream().seed) { program in
      guard let program, let factors = Dropout.factors(program, mask, for: ones.value(in: program)) else { return [] }
      return [Tensor(ones.value(in: program) * factors)]
    }
    #expect(masked.map { $0.values() } == [factors(mask, shape)])
  }

  @Test("a part of a row has the factors of the whole row there", arguments: [true, false])
  func parts(tied: Bool) {
    let shape = [3, 5, 83]
    var stream = Self.stream()
    let mask = Dropout.draw(shape, probability: 0.4, tied: tied, stream: &stream)
    let rows = Rows.cut(factors(mask, shape), 83)
    for steps in [0..<16, 16..<83, 7..<8, 31..<80] {
      #expect(factors(mask, shape, steps: steps) == rows.flatMap { $0[steps] }, "steps \(steps)")
    }
  }

  @Test("an odd position is rounded up, so that masks never overlap")
  func oddPosition() {
    var (odd, even) = (Self.stream(at: 1_001), Self.stream(at: 1_002))
    let first = Dropout.draw([1, 1, 40], probability: 0.5, tied: false, stream: &odd)
    let second = Dropout.draw([1, 1, 40], probability: 0.5, tied: false, stream: &even)
    #expect(factors(first, [1, 1, 40]) == factors(second, [1, 1, 40]) && odd == even)
  }

  @Test("probability 0 has no factors and draws nothing")
  func zeroProbability() {
    var stream = Self.stream(at: 7)
    let mask = Dropout.draw([2, 3, 5], probability: 0, tied: false, stream: &stream)
    #expect(Dropout.rowFactors(mask) == nil && Dropout.rowFactors(.none) == nil && stream == Self.stream(at: 7))
  }

  @Test("the share of dropped values is the probability", arguments: [0.1, 0.5, 0.9])
  func share(probability: Double) {
    var stream = Self.stream()
    let mask = Dropout.draw([1, 1, 40_000], probability: probability, tied: false, stream: &stream)
    let dropped = Double(factors(mask, [1, 1, 40_000]).count { $0 == 0 }) / 40_000
    // Five standard deviations of 40,000 decisions are at most 0.0125.
    #expect(abs(dropped - probability) < 0.0125)
  }
}
