import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct GatedLinearUnitTests {
  @Test("gate and gradient agree with the reference", arguments: [(1, 1, 1), (2, 3, 5), (3, 2, 17)])
  func agreesWithReference(batch: Int, width: Int, length: Int) {
    let input = Tensor.random([batch, 2 * width, length], lane: 1, bound: 3)
    let outputGradient = Tensor.random([batch, width, length], lane: 2)
    let reference = { ReferenceActivation.gate($0, half: width * length) }
    #expect(maxRelative(GatedLinearUnit.forward(input).doubles, reference(input.doubles)) < 3e-7)
    let gradient = GatedLinearUnit.backward(outputGradient: outputGradient, input: input)
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct(reference($0), outputGradient.doubles)
    }
    #expect(differences == [], "B=\(batch), H=\(width), L=\(length)")
  }

  @Test("any number of threads gives the same bits; spans longer than a chunk")
  func threads() {
    let input = Tensor.random([2, 6, 7_001], lane: 3, bound: 3)
    let outputGradient = Tensor.random([2, 3, 7_001], lane: 4)
    let reference = ReferenceActivation.gate(input.doubles, half: 3 * 7_001)
    #expect(maxRelative(GatedLinearUnit.forward(input).doubles, reference) < 3e-7)
    #expect(
      isIndependentOfThreads {
        [GatedLinearUnit.forward(input), GatedLinearUnit.backward(outputGradient: outputGradient, input: input)]
      })
  }
}
