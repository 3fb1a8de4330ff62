import Operations
import ReferenceModels
import TestSupport
import Testing
import Vocabulary

@Suite struct SequencePoolingTests {
  struct Case: Sendable {
    let batch: Int
    let width: Int
    let length: Int
    /// nil: all sequences are full.
    let lengths: [Int]?
  }

  static let cases = [
    Case(batch: 1, width: 1, length: 1, lengths: nil), Case(batch: 2, width: 3, length: 5, lengths: [5, 1]),
    Case(batch: 3, width: 2, length: 37, lengths: [16, 37, 20]), Case(batch: 2, width: 2, length: 33, lengths: nil),
  ]

  @Test("all modes and their gradients agree with the reference", arguments: Engine.cases(cases, onDevice: [2, 3]), Pooling.allCases)
  func agreesWithReference(place: (engine: Engine, sizes: Case), mode: Pooling) throws {
    let (engine, sizes) = place
    let input = Tensor.random([sizes.batch, sizes.width, sizes.length], lane: 1)
    let lengths = sizes.lengths ?? [Int](repeating: sizes.length, count: sizes.batch)
    func reference(_ values: [Double]) -> [Double] {
      ReferencePooling.forward(values, mode: mode, lengths: lengths, length: sizes.length)
    }
    let outputGradient = Tensor.random([sizes.batch, sizes.width], lane: 2)
    let results = try engine.run([input, outputGradient]) {
      let lengths = sizes.lengths.map { Integers($0) }
      let output = SequencePooling.forward(input, mode: mode, lengths: lengths)
      return [
        output, SequencePooling.backward(outputGradient: outputGradient, mode: mode, lengths: lengths, length: sizes.length),
      ]
    }
    let (output, gradient) = (results[0], results[1])
    #expect(output.shape == [sizes.batch, sizes.width])
    #expect(maxRelative(output.doubles, reference(input.doubles)) < 2e-7)
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct(reference($0), outputGradient.doubles)
    }
    #expect(differences == [], "\(sizes)")
  }

  @Test("the mean of the second half sees nothing of the first", arguments: Engine.all)
  func secondHalf(engine: Engine) throws {
    let input = Tensor([1, 1, 6], values: [.nan, .infinity, 1e30, 1, 2, 6])
    let slope = Tensor([1, 1], values: [6])
    let results = try engine.run([input, slope]) {
      [
        SequencePooling.forward(input, mode: .meanOfSecondHalf, lengths: nil),
        SequencePooling.backward(outputGradient: slope, mode: .meanOfSecondHalf, lengths: nil, length: 6),
      ]
    }
    #expect(results[0].values() == [3] && results[1].values() == [0, 0, 0, 2, 2, 2])
  }

  @Test("masking sets exactly the padding to zero", arguments: Engine.all)
  func mask(engine: Engine) throws {
    let tensor = Tensor([2, 2, 3], filledWith: 1)
    _ = try engine.run([tensor]) {
      SequencePooling.maskPadding(tensor, lengths: [1, 3])
      return []
    }
    #expect(tensor.values() == [1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1])
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let input = Tensor.random([4, 9, 5_003], lane: 3)
    let lengths: Integers = [5_003, 17, 4_000, 1]
    #expect(
      isIndependentOfThreads {
        let pooled = SequencePooling.forward(input, mode: .mean, lengths: lengths)
        return [pooled, SequencePooling.backward(outputGradient: pooled, mode: .mean, lengths: lengths, length: 5_003)]
      })
  }
}
