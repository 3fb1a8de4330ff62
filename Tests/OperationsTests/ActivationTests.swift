import Foundation
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct ActivationTests {
  private func reference(_ kind: Activation.Kind) -> (value: (Double) -> Double, slope: (Double) -> Double) {
    switch kind {
    case .gelu: (ReferenceActivation.gelu, ReferenceActivation.geluSlope)
    case .tanhGELU: (ReferenceActivation.tanhGELU, ReferenceActivation.tanhGELUSlope)
    case .elu: (ReferenceActivation.elu, ReferenceActivation.eluSlope)
    case .tanh: (tanh, ReferenceActivation.tanhSlope)
    }
  }

  @Test("values and gradients agree with the reference", arguments: Activation.Kind.allCases, [[1], [3, 5], [2, 3, 17]])
  func agreesWithReference(kind: Activation.Kind, shape: [Int]) {
    let input = Tensor.random(shape, lane: 1, bound: 4)
    let outputGradient = Tensor.random(shape, lane: 2)
    let (value, slope) = reference(kind)
    // Half a unit in the last place of a value below 4, and the fit's error.
    #expect(maxRelative(Activation.forward(input, kind: kind).doubles, input.doubles.map(value)) < 2e-7)
    let gradient = Activation.backward(outputGradient: outputGradient, input: input, kind: kind)
    let expected = zip(outputGradient.doubles, input.doubles).map { $0 * slope($1) }
    #expect(maxRelative(gradient.doubles, expected) < 5e-7)
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct($0.map(value), outputGradient.doubles)
    }
    #expect(differences == [], "shape \(shape)")
  }

  @Test("large values neither overflow nor become NaN", arguments: Activation.Kind.allCases)
  func largeValues(kind: Activation.Kind) {
    let input = Tensor([4], values: [-1e12, -100, 100, 1e12])
    let (output, ones) = (Activation.forward(input, kind: kind).values(), Tensor([4], filledWith: 1))
    let slopes = Activation.backward(outputGradient: ones, input: input, kind: kind).values()
    #expect(zip(output, input.doubles).allSatisfy { abs(Double($0) - reference(kind).value($1)) < 1e-6 })
    #expect(zip(slopes, input.doubles).allSatisfy { abs(Double($0) - reference(kind).slope($1)) < 1e-6 })
  }

  @Test("NaN stays NaN", arguments: Activation.Kind.allCases)
  func notANumber(kind: Activation.Kind) {
    let input = Tensor([1], values: [.nan])
    #expect(Activation.forward(input, kind: kind).values()[0].isNaN)
    #expect(Activation.backward(outputGradient: Tensor([1], filledWith: 1), input: input, kind: kind).values()[0].isNaN)
  }

  @Test("any number of threads gives the same bits", arguments: Activation.Kind.allCases)
  func threads(kind: Activation.Kind) {
    let input = Tensor.random([3, 20_001], lane: 3, bound: 4)
    #expect(
      isIndependentOfThreads {
        [Activation.forward(input, kind: kind), Activation.backward(outputGradient: input, input: input, kind: kind)]
      })
  }
}
