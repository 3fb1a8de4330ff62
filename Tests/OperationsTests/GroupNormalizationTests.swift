import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct GroupNormalizationTests {
  struct Case: Sendable {
    /// [N, C, H, W].
    let shape: [Int]
    let groups: Int
    let activation: Activation.Kind?
  }

  /// Rows of one pixel, of odd numbers and of more than a vector; one group for all and one for each channel.
  static let cases = [
    Case(shape: [1, 1, 1, 1], groups: 1, activation: nil), Case(shape: [2, 6, 3, 5], groups: 3, activation: .elu),
    Case(shape: [3, 4, 1, 1], groups: 2, activation: .tanhGELU), Case(shape: [2, 4, 5, 7], groups: 1, activation: nil),
    Case(shape: [1, 3, 4, 4], groups: 3, activation: .gelu),
  ]

  private struct Problem {
    let sizes: Case
    let input: Tensor
    let scale: Tensor
    let shift: Tensor
    let outputGradient: Tensor

    init(_ sizes: Case) {
      self.sizes = sizes
      input = .random(sizes.shape, lane: 1)
      scale = .random([sizes.shape[1]], lane: 2)
      shift = .random([sizes.shape[1]], lane: 3)
      outputGradient = .random(sizes.shape, lane: 4)
    }

    func forward() -> (output: Tensor, statistics: Tensor) {
      GroupNormalization.forward(input, scale: scale, shift: shift, groups: sizes.groups, activation: sizes.activation)
    }

    /// Gradients are added to what is there: 2 and 3.
    func gradients(overwrites: Bool = false) -> [Tensor] {
      let (scaleGradient, shiftGradient) = (Tensor.filled(like: scale, with: 2), Tensor.filled(like: shift, with: 3))
      let inputGradient = GroupNormalization.backward(
        outputGradient: overwrites ? outputGradient.copy() : outputGradient, input: input, statistics: forward().statistics,
        scale: scale, shift: shift, scaleGradient: scaleGradient, shiftGradient: shiftGradient, groups: sizes.groups,
        activation: sizes.activation, overwrites: overwrites)
      return [inputGradient, scaleGradient, shiftGradient]
    }

    var reference: ReferenceGroupNormalization {
      ReferenceGroupNormalization(scale: scale.doubles, shift: shift.doubles, groups: sizes.groups)
    }
    var pixels: Int { sizes.shape[2] * sizes.shape[3] }
    var activation: (value: (Double) -> Double, slope: (Double) -> Double) {
      switch sizes.activation {
      case .elu: (ReferenceActivation.elu, ReferenceActivation.eluSlope)
      case .tanhGELU: (ReferenceActivation.tanhGELU, ReferenceActivation.tanhGELUSlope)
      case .gelu: (ReferenceActivation.gelu, ReferenceActivation.geluSlope)
      default: ({ $0 }, { _ in 1 })
      }
    }
  }

  @Test("output and gradients agree with the reference", arguments: Engine.cases(cases, onDevice: [1, 2, 3, 4]))
  func agreesWithReference(engine: Engine, sizes: Case) throws {
    let problem = Problem(sizes)
    let normal = problem.reference.forward(problem.input.doubles, pixels: problem.pixels)
    let results = try engine.run([problem.input, problem.scale, problem.shift, problem.outputGradient]) {
      let (output, statistics) = problem.forward()
      let again = GroupNormalization.output(
        of: problem.input, statistics: statistics, scale: problem.scale, shift: problem.shift, groups: sizes.groups,
        activation: sizes.activation)
      return [output, again] + problem.gradients() + problem.gradients(overwrites: true)
    }
    #expect(maxRelative(results[0].doubles, normal.map(problem.activation.value)) < 1e-6)
    #expect(results[1].values() == results[0].values())
    let slopes = zip(problem.outputGradient.doubles, normal).map { $0 * problem.activation.slope($1) }
    let expected = problem.reference.backward(outputGradient: slopes, input: problem.input.doubles, pixels: problem.pixels)
    let gradients = Array(results[2..<5])
    if problem.pixels > 1 { #expect(maxRelative(gradients[0].doubles, expected.input) < 5e-6) }
    #expect(maxRelative(gradients[1].doubles, expected.scale.map { $0 + 2 }) < 2e-6)
    #expect(maxRelative(gradients[2].doubles, expected.shift.map { $0 + 3 }) < 2e-6)
    #expect(results.suffix(3).map { $0.values() } == gradients.map { $0.values() })
  }

  @Test("a large mean costs no more than its rounding in float", arguments: Engine.all)
  func largeMean(engine: Engine) throws {
    let small = Tensor.random([2, 4, 3, 5], lane: 5)
    let large = Tensor(small.shape, values: small.values().map { $0 + 1_000 })
    let (scale, shift) = (Tensor([4], filledWith: 1), Tensor.zeros([4]))
    let output = try engine.run([large, scale, shift]) {
      [GroupNormalization.forward(large, scale: scale, shift: shift, groups: 2).output]
    }[0]
    let expected = ReferenceGroupNormalization(scale: scale.doubles, shift: shift.doubles, groups: 2).forward(large.doubles, pixels: 15)
    #expect(maxRelative(output.doubles, expected) < 1e-4)
  }

  @Test("a frame alone gives the same bits as among others, and NaN stays in its own")
  func frames() {
    let problem = Problem(Case(shape: [3, 4, 5, 7], groups: 2, activation: .elu))
    let whole = problem.forward().output
    let alone = GroupNormalization.forward(
      problem.input.rows(1..<2), scale: problem.scale, shift: problem.shift, groups: 2, activation: .elu)
    #expect(alone.output.values() == whole.rows(1..<2).values())
    var values = problem.input.values()
    values[0] = .nan
    let damaged = GroupNormalization.forward(
      Tensor(problem.input.shape, values: values), scale: problem.scale, shift: problem.shift, groups: 2, activation: .elu)
    #expect(damaged.output.values().prefix(70).allSatisfy { $0.isNaN })
    #expect(Array(damaged.output.values().dropFirst(70)) == Array(whole.values().dropFirst(70)))
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let problem = Problem(Case(shape: [5, 8, 33, 31], groups: 4, activation: .tanhGELU))
    #expect(isIndependentOfThreads { [problem.forward().output] + problem.gradients() })
  }
}
