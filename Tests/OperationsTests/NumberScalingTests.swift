import Operations
import TestSupport
import Testing

@Suite struct NumberScalingTests {
  @Test("a list times one number, and the gradients of both, added to what is there", arguments: Engine.all)
  func agrees(engine: Engine) throws {
    let (values, number, slopes) = (Tensor.random([19], lane: 1), Tensor([1], values: [-0.7]), Tensor.random([19], lane: 2))
    let (valuesGradient, numberGradient) = (Tensor([19], filledWith: 2), Tensor([1], values: [3]))
    let results = try engine.run([values, number, slopes, valuesGradient, numberGradient]) {
      NumberScaling.backward(
        outputGradient: slopes, values: values, number: number, valuesGradient: valuesGradient, numberGradient: numberGradient)
      return [NumberScaling.forward(values, number: number)]
    }
    let factor = number.doubles[0]
    #expect(maxRelative(results[0].doubles, values.doubles.map { $0 * factor }) < 1e-7)
    #expect(maxRelative(valuesGradient.doubles, slopes.doubles.map { 2 + $0 * factor }) < 2e-7)
    #expect(maxRelative(numberGradient.doubles, [3 + dotProduct(values.doubles, slopes.doubles)]) < 1e-6)
  }
}
