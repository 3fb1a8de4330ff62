import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct ActivationTests {
  @Test("GELU and its gradient agree with the reference", arguments: [[1], [3, 5], [2, 3, 17]])
  func agreesWithReference(shape: [Int]) {
    let input = Tensor.random(shape, lane: 1, bound: 4)
    let outputGradient = Tensor.random(shape, lane: 2)
    // Half a unit in the last place of a value below 4, and the fit's error.
    #expect(maxRelative(Activation.forward(input).doubles, input.doubles.map(ReferenceActivation.gelu)) < 2e-7)
    let gradient = Activation.backward(outputGradient: outputGradient, input: input)
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct($0.map(ReferenceActivation.gelu), outputGradient.doubles)
    }
    #expect(differences == [], "shape \(shape)")
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let input = Tensor.random([3, 20_001], lane: 3, bound: 4)
    #expect(isIndependentOfThreads { [Activation.forward(input), Activation.backward(outputGradient: input, input: input)] })
  }
}
