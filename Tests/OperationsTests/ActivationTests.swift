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

  @Test(
    "values and gradients agree with the reference", arguments: Activation.Kind.allCases,
    Engine.cases([[1], [3, 5], [2, 3, 17]], onDevice: [2]))
  func agreesWithReference(kind: Activation.Kind, place: (engine: Engine, shape: [Int])) throws {
    let (engine, shape) = place
    let input = Tensor.random(shape, lane: 1, bound: 4)
    let outputGradient = Tensor.random(shape, lane: 2)
    let (value, slope) = reference(kind)
    let results = try engine.run([input, outputGradient]) {
      [Activation.forward(input, kind: kind), Activation.backward(outputGradient: outputGradient, input: input, kind: kind)]
    }
    let gradient = results[1]
    // Half a unit in the last place of a value below 4, and the fit's error.
    #expect(maxRelative(results[0].doubles, input.doubles.map(value)) < 2e-7)
    let expected = zip(outputGradient.doubles, input.doubles).map { $0 * slope($1) }
    // The slope of the tanh form has 1 − tanh², of which a device's tanh leaves fewer digits.
    #expect(maxRelative(gradient.doubles, expected) < (engine == .host ? 5e-7 : 1e-6))
    let differences = GradientCheck.differences("input", gradient.values(), at: input.doubles) {
      dotProduct($0.map(value), outputGradient.doubles)
    }
    #expect(differences == [], "shape \(shape)")
  }

  @Test("large values neither overflow nor become NaN, and NaN stays NaN", arguments: Activation.Kind.allCases, Engine.all)
  func largeValues(kind: Activation.Kind, engine: Engine) throws {
    let input = Tensor([5], values: [-1e12, -100, 100, 1e12, .nan])
    let ones = Tensor([5], filledWith: 1)
    let results = try engine.run([input, ones]) {
      [Activation.forward(input, kind: kind), Activation.backward(outputGradient: ones, input: input, kind: kind)]
    }
    let (output, slopes) = (results[0].values(), results[1].values())
    #expect(output[4].isNaN && slopes[4].isNaN)
    #expect(zip(output, input.doubles).prefix(4).allSatisfy { abs(Double($0) - reference(kind).value($1)) < 1e-6 })
    #expect(zip(slopes, input.doubles).prefix(4).allSatisfy { abs(Double($0) - reference(kind).slope($1)) < 1e-6 })
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
