import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct DropoutTests {
  /// A position beyond 2³² words, so that both halves of the counter are in use.
  private static func stream(at position: UInt64 = 0x1_2345_6780) -> RandomStream {
    RandomStream(seed: 0xFEDC_BA98_7654_3210, purpose: .dropout, lane: 3, position: position)
  }

  @Test("mask and scale agree with the reference", arguments: [[1, 1, 1], [2, 3, 5], [3, 2, 37]], [true, false])
  func agreesWithReference(shape: [Int], tied: Bool) {
    let input = Tensor.random(shape, lane: 1)
    var stream = Self.stream()
    let (output, cache) = Dropout.forward(input, probability: 0.3, tied: tied, stream: &stream)
    func reference(_ values: [Double]) -> [Double] {
      ReferenceDropout.apply(values, probability: 0.3, stream: Self.stream(), valuesPerDecision: tied ? shape[2] : 1)
    }
    #expect(maxRelative(output.doubles, reference(input.doubles)) < 2e-7)
    #expect(stream.position - Self.stream().position == UInt64(tied ? shape[0] * shape[1] : input.count))

    let outputGradient = Tensor.random(shape, lane: 2)
    let gradient = Dropout.apply(cache, to: outputGradient)
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct(reference($0), outputGradient.doubles)
    }
    #expect(differences == [], "shape \(shape), tied \(tied)")
  }

  @Test("an odd position is rounded up, so that masks never overlap")
  func oddPosition() {
    let input = Tensor([1, 1, 40], filledWith: 1)
    var odd = Self.stream(at: 1_001)
    var even = Self.stream(at: 1_002)
    let first = Dropout.forward(input, probability: 0.5, tied: false, stream: &odd).output
    let second = Dropout.forward(input, probability: 0.5, tied: false, stream: &even).output
    #expect(first.values() == second.values() && odd == even)
  }

  @Test("probability 0 returns the input itself and draws nothing")
  func zeroProbability() {
    let input = Tensor.random([2, 3, 5], lane: 3)
    var stream = Self.stream(at: 7)
    let (output, cache) = Dropout.forward(input, probability: 0, tied: false, stream: &stream)
    #expect(output === input && stream == Self.stream(at: 7))
    #expect(Dropout.apply(.none, to: input) === input && Dropout.apply(cache, to: input) === input)
  }

  @Test("the share of dropped values is the probability", arguments: [0.1, 0.5, 0.9])
  func share(probability: Double) {
    var stream = Self.stream()
    let output = Dropout.forward(Tensor([1, 1, 40_000], filledWith: 1), probability: probability, tied: false, stream: &stream).output
    let dropped = Double(output.values().count { $0 == 0 }) / 40_000
    // Five standard deviations of 40,000 decisions are at most 0.0125.
    #expect(abs(dropped - probability) < 0.0125)
  }

  @Test("any number of threads gives the same bits", arguments: [true, false])
  func threads(tied: Bool) {
    let input = Tensor.random([5, 7, 1_003], lane: 4)
    #expect(
      isIndependentOfThreads {
        var stream = Self.stream()
        return [Dropout.forward(input, probability: 0.2, tied: tied, stream: &stream).output]
      })
  }
}
