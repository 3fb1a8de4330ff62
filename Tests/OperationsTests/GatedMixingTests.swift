import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

/// The fused operation against its single steps in Double, which have tests of their own.
@Suite struct GatedMixingTests {
  struct Sizes: CustomTestStringConvertible, Sendable {
    var batch: Int
    /// C for each channel of H.
    var copies: Int
    var width: Int
    var length: Int
    var probability: Double
    var tied: Bool
    var testDescription: String { "\(batch)x\(copies)x\(width)x\(length), dropout \(probability)\(tied ? " tied" : "")" }
  }

  static let sizes = [
    Sizes(batch: 1, copies: 1, width: 1, length: 1, probability: 0, tied: false),
    Sizes(batch: 2, copies: 1, width: 3, length: 16, probability: 0.3, tied: true),
    Sizes(batch: 3, copies: 2, width: 5, length: 37, probability: 0.3, tied: false),
    Sizes(batch: 2, copies: 1, width: 4, length: 256, probability: 0, tied: false),
    // Odd rows in two and three tiles, the last one short; of 257 steps it has one.
    Sizes(batch: 3, copies: 1, width: 4, length: 257, probability: 0.4, tied: false),
    Sizes(batch: 1, copies: 2, width: 6, length: 531, probability: 0.4, tied: true),
    // More tiles than groups of partial sums; and a wide one.
    Sizes(batch: 20, copies: 1, width: 2, length: 300, probability: 0, tied: false),
    Sizes(batch: 1, copies: 1, width: 260, length: 150, probability: 0.2, tied: false),
  ]

  /// The tensors of one problem.
  private struct Problem {
    let input: Tensor
    let weight: Tensor
    let bias: Tensor
    let residual: Tensor
    let gradient: Tensor
    let dropouts: GatedMixing.Dropouts

    init(_ sizes: Sizes) {
      let inputs = sizes.copies * sizes.width
      input = .random([sizes.batch, inputs, sizes.length], lane: 1, bound: 3)
      weight = .random([2 * sizes.width, inputs], lane: 2)
      bias = .random([2 * sizes.width], lane: 3)
      residual = .random([sizes.batch, sizes.width, sizes.length], lane: 4, bound: 2)
      gradient = .random(residual.shape, lane: 5)
      var stream = RandomStream(seed: 9, purpose: .dropout)
      let draw = { Dropout.draw($0, probability: sizes.probability, tied: sizes.tied, stream: &stream) }
      dropouts = GatedMixing.Dropouts(
        beforeActivation: draw(input.shape), afterActivation: draw(input.shape), onBranch: draw(residual.shape))
    }

    /// The sum, the sum without the branch again, and the gradients of input, weight and bias.
    func fused() -> [Tensor] {
      let sum = residual.copy()
      let preGate = GatedMixing.forward(
        input, weight: weight, bias: bias, dropouts: dropouts, addingTo: sum, keepsGate: true)!
      let (restored, inputGradient) = (sum.copy(), input.copy())
      let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
      GatedMixing.backward(
        sumGradient: gradient, sum: restored, input: inputGradient, preGate: preGate, weight: weight, dropouts: dropouts,
        weightGradient: weightGradient, biasGradient: biasGradient)
      return [sum, restored, inputGradient, weightGradient, biasGradient]
    }
  }

  @Test("forward and backward equal the single steps of the twin", arguments: Engine.cases(sizes, onDevice: [1, 2, 4]))
  func agreesWithSteps(engine: Engine, sizes: Sizes) throws {
    let problem = Problem(sizes)
    var stream = RandomStream(seed: 9, purpose: .dropout)
    /// The next mask, as often as it is needed.
    func mask(_ count: Int) -> ([Double]) -> [Double] {
      guard sizes.probability > 0 else { return { $0 } }
      func drop(_ values: [Double], _ stream: inout RandomStream) -> [Double] {
        ReferenceDropout.apply(
          values, probability: sizes.probability, stream: &stream, valuesPerDecision: sizes.tied ? sizes.length : 1)
      }
      let start = stream
      _ = drop(Array(repeating: 0, count: count), &stream)
      return { values in
        var stream = start
        return drop(values, &stream)
      }
    }
    let (before, after, onBranch) = (mask(problem.input.count), mask(problem.input.count), mask(problem.residual.count))
    let (half, slopes) = (sizes.width * sizes.length, problem.gradient.doubles)
    let mixing = ReferenceMixing(weight: problem.weight.doubles, bias: problem.bias.doubles)
    let dropped = before(problem.input.doubles)
    let active = after(dropped.map(ReferenceActivation.gelu))
    let mixed = mixing.forward(active, length: sizes.length)
    let sum = Rows.sum(problem.residual.doubles, onBranch(ReferenceActivation.gate(mixed, half: half)))
    let gradient = mixing.backward(
      outputGradient: ReferenceActivation.gateGradient(onBranch(slopes), mixed, half: half), input: active, length: sizes.length)
    let inputGradient = before(zip(after(gradient.input), dropped).map { $0 * ReferenceActivation.geluSlope($1) })

    let tensors = [problem.input, problem.weight, problem.bias, problem.residual, problem.gradient]
    let fused = try engine.run(tensors, dropoutSeed: 9) { problem.fused() }
    // The rounding of a product grows with the root of its number of terms, C.
    let tolerance = 1e-6 * max(1, (Double(sizes.copies * sizes.width) / 64).squareRoot())
    #expect(maxRelative(fused[0].doubles, sum) < tolerance)
    #expect(maxRelative(fused[1].doubles, problem.residual.doubles) < tolerance)
    #expect(maxRelative(fused[2].doubles, inputGradient) < tolerance)
    #expect(maxRelative(fused[3].doubles, gradient.weight) < 3 * tolerance)
    #expect(maxRelative(fused[4].doubles, gradient.bias) < 3 * tolerance)
  }

  @Test("without a backward pass the sum is the same and nothing is kept")
  func evaluation() {
    let problem = Problem(Self.sizes[4])
    let sum = problem.residual.copy()
    let kept = GatedMixing.forward(
      problem.input, weight: problem.weight, bias: problem.bias, dropouts: problem.dropouts, addingTo: sum, keepsGate: false)
    #expect(kept == nil && sum.values() == problem.fused()[0].values())
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let problem = Problem(Self.sizes[6])
    #expect(isIndependentOfThreads { problem.fused() })
  }
}
