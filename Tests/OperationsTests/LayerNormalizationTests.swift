import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct LayerNormalizationTests {
  private struct Problem {
    let input: Tensor
    let scale: Tensor
    let shift: Tensor
    let outputGradient: Tensor

    init(_ batch: Int, _ width: Int, _ length: Int) {
      input = .random([batch, width, length], lane: 1)
      scale = .random([width], lane: 2)
      shift = .random([width], lane: 3)
      outputGradient = .random([batch, width, length], lane: 4)
    }

    func gradients() -> (input: Tensor, scale: Tensor, shift: Tensor) {
      let cache = LayerNormalization.forward(input, scale: scale, shift: shift).cache
      // Gradients are added to what is there.
      let (scaleGradient, shiftGradient) = (Tensor(scale.shape, filledWith: 2), Tensor(scale.shape, filledWith: 3))
      let inputGradient = LayerNormalization.backward(
        outputGradient: outputGradient, input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
        shiftGradient: shiftGradient)
      return (inputGradient, scaleGradient, shiftGradient)
    }
  }

  /// L = 130 and 300 end in the middle of a strip and of a vector.
  @Test("output agrees with the reference", arguments: [(1, 1, 1), (2, 3, 5), (1, 7, 130), (2, 4, 300)])
  func output(batch: Int, width: Int, length: Int) {
    let problem = Problem(batch, width, length)
    let output = LayerNormalization.forward(problem.input, scale: problem.scale, shift: problem.shift).output
    let reference = ReferenceNormalization(.layer, scale: problem.scale.doubles, shift: problem.shift.doubles)
    let expected = reference.forward(problem.input.doubles, length: length)
    #expect(maxRelative(output.doubles, expected) < 1e-6)
  }

  @Test("a large mean costs no more than its rounding in float")
  func largeMean() {
    let small = Tensor.random([1, 8, 20], lane: 5)
    let large = Tensor(small.shape, values: small.values().map { $0 + 1_000 })
    let (scale, shift) = (Tensor([8], filledWith: 1), Tensor.zeros([8]))
    let output = LayerNormalization.forward(large, scale: scale, shift: shift).output
    let expected = ReferenceNormalization(.layer, scale: scale.doubles, shift: shift.doubles).forward(large.doubles, length: 20)
    // The mean is rounded to float: up to 3e-5, divided by a deviation of about 0.6.
    #expect(maxRelative(output.doubles, expected) < 1e-4)
  }

  @Test("gradients agree with central differences", arguments: [(1, 1, 1), (2, 3, 5), (2, 5, 17)])
  func gradients(batch: Int, width: Int, length: Int) {
    let problem = Problem(batch, width, length)
    let (scale, shift) = (problem.scale.doubles, problem.shift.doubles)
    func loss(_ input: [Double], _ scale: [Double], _ shift: [Double]) -> Double {
      let output = ReferenceNormalization(.layer, scale: scale, shift: shift).forward(input, length: length)
      return dotProduct(output, problem.outputGradient.doubles)
    }
    let gradients = problem.gradients()
    let input = problem.input.doubles
    let differences =
      GradientCheck.differences("input", gradients.input.values(), at: input) { loss($0, scale, shift) }
      + GradientCheck.differences("scale", gradients.scale.values().map { $0 - 2 }, at: scale) { loss(input, $0, shift) }
      + GradientCheck.differences("shift", gradients.shift.values().map { $0 - 3 }, at: shift) { loss(input, scale, $0) }
    #expect(differences == [], "B=\(batch), H=\(width), L=\(length)")
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    // 3 · 24 strips: more than there are groups of partial sums.
    let problem = Problem(3, 4, 3_001)
    #expect(
      isIndependentOfThreads {
        let gradients = problem.gradients()
        let output = LayerNormalization.forward(problem.input, scale: problem.scale, shift: problem.shift).output
        return [output, gradients.input, gradients.scale, gradients.shift]
      })
  }
}
