import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct AdamWTests {
  @Test("twenty steps agree with the reference", arguments: [[1], [17], [3, 5]])
  func agreesWithReference(shape: [Int]) {
    let value = Tensor.random(shape, lane: 1)
    var expected = value.doubles
    var reference = ReferenceAdamW(count: value.count, learningRate: 0.01, weightDecay: 0.05)
    let (first, second) = (Tensor.zeros(shape), Tensor.zeros(shape))
    for step in 1...20 {
      let gradient = Tensor.random(shape, lane: UInt32(1 + step))
      AdamW.step(
        value: value, gradient: gradient, firstMoment: first, secondMoment: second, learningRate: 0.01, weightDecay: 0.05, step: step)
      reference.update(&expected, gradient: gradient.doubles)
    }
    // Twenty roundings of values of size 1.
    #expect(maxRelative(value.doubles, expected) < 2e-6)
    #expect(maxRelative(first.doubles, reference.firstMoment) < 1e-6)
    #expect(maxRelative(second.doubles, reference.secondMoment) < 1e-6)
  }

  @Test("the first step has the size of the learning rate, whatever the gradient's")
  func firstStep() {
    let value = Tensor([3], values: [1, 1, 1])
    AdamW.step(
      value: value, gradient: Tensor([3], values: [1e-3, -50, 0]), firstMoment: .zeros([3]), secondMoment: .zeros([3]),
      learningRate: 0.1, weightDecay: 0, step: 1)
    // The smallest gradient is 1e5 times ε.
    #expect(zip(value.values(), [0.9, 1.1, 1]).allSatisfy { abs(Double($0) - $1) < 2e-6 })
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let gradient = Tensor.random([40_003], lane: 40)
    #expect(
      isIndependentOfThreads {
        let (value, first, second) = (gradient.copy(), Tensor.zeros([40_003]), Tensor.zeros([40_003]))
        AdamW.step(
          value: value, gradient: gradient, firstMoment: first, secondMoment: second, learningRate: 0.01, weightDecay: 0.1, step: 1)
        return [value, first, second]
      })
  }
}
