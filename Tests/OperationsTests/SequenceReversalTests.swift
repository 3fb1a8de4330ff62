import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct SequenceReversalTests {
  private let batch = 2
  private let width = 3
  private let length = 7

  @Test("each row is followed by its reversal, whose gradient comes back", arguments: Engine.all)
  func append(engine: Engine) throws {
    let (input, slopes) = (Tensor.random([batch, width, length], lane: 1), Tensor.random([batch, width, 2 * length], lane: 2))
    let results = try engine.run([input, slopes]) { [SequenceReversal.append(input), SequenceReversal.backward(outputGradient: slopes)] }
    #expect(results[0].doubles == Rows.withReversal(input.doubles, length: length))
    #expect(maxRelative(results[1].doubles, Rows.withoutReversal(slopes.doubles, length: length)) < 1e-7)
  }

  @Test("the halves become channels, the second turned back, with the skip term of each", arguments: Engine.all)
  func separate(engine: Engine) throws {
    let (doubled, input) = (Tensor.random([batch, width, 2 * length], lane: 3), Tensor.random([batch, width, length], lane: 4))
    let (skip, slopes) = (Tensor.random([2 * width], lane: 5), Tensor.random([batch, 2 * width, length], lane: 6))
    let skipGradient = Tensor([2 * width], filledWith: 2)
    func separated(_ doubled: [Double], _ input: [Double], _ skip: [Double]) -> [Double] {
      let (copies, rows) = (Rows.cut(doubled, 2 * length), Rows.cut(input, length))
      return (0..<batch).flatMap { sample in
        (0..<2 * width).flatMap { channel in
          let row = sample * width + channel % width
          let half = channel < width ? Array(copies[row].prefix(length)) : copies[row].suffix(length).reversed()
          return zip(half, rows[row]).map { $0 + skip[channel] * $1 }
        }
      }
    }
    let results = try engine.run([doubled, input, skip, slopes, skipGradient]) {
      let gradients = SequenceReversal.separateBackward(outputGradient: slopes, input: input, skip: skip, skipGradient: skipGradient)
      return [SequenceReversal.separate(doubled, adding: input, skip: skip), gradients.doubled, gradients.input]
    }
    #expect(maxRelative(results[0].doubles, separated(doubled.doubles, input.doubles, skip.doubles)) < 2e-7)
    func loss(_ doubled: [Double], _ input: [Double], _ skip: [Double]) -> Double {
      dotProduct(separated(doubled, input, skip), slopes.doubles)
    }
    let differences =
      GradientCheck.differences("x", results[1].values(), at: doubled.doubles) { loss($0, input.doubles, skip.doubles) }
      + GradientCheck.differences("u", results[2].values(), at: input.doubles) { loss(doubled.doubles, $0, skip.doubles) }
      + GradientCheck.differences("D", skipGradient.values().map { $0 - 2 }, at: skip.doubles) { loss(doubled.doubles, input.doubles, $0) }
    #expect(differences == [])
  }
}
