import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct AdamWTests {
  @Test("twenty steps agree with the reference", arguments: Engine.cases([[1], [17], [3, 5]], onDevice: [2]))
  func agreesWithReference(engine: Engine, shape: [Int]) throws {
    let value = Tensor.random(shape, lane: 1)
    var expected = value.doubles
    var reference = ReferenceAdamW(count: value.count, learningRate: 0.01, weightDecay: 0.05)
    let (first, second) = (Tensor.zeros(shape), Tensor.zeros(shape))
    let gradients = (1...20).map { Tensor.random(shape, lane: UInt32(1 + $0)) }
    let slice = AdamW.Slice(0..<value.count, learningRate: 0.01, weightDecay: 0.05)
    for gradient in gradients { reference.update(&expected, gradient: gradient.doubles) }
    _ = try engine.run([value, first, second]) { program in
      for (index, gradient) in gradients.enumerated() {
        let step = index + 1
        if let program {
          let numbers = AdamW.StepNumbers(program.constant(AdamW.StepNumbers.values(factor: 1, step: step), [3], .float64))
          AdamW.record(slice, numbers, value: value, gradient: gradient, firstMoment: first, secondMoment: second)
        } else {
          AdamW.step([slice], values: value, gradients: gradient, firstMoments: first, secondMoments: second, step: step)
        }
      }
      return []
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
      [AdamW.Slice(0..<3, learningRate: 0.1, weightDecay: 0)], values: value, gradients: Tensor([3], values: [1e-3, -50, 0]),
      firstMoments: .zeros([3]), secondMoments: .zeros([3]), step: 1)
    // The smallest gradient is 1e5 times ε.
    #expect(zip(value.values(), [0.9, 1.1, 1]).allSatisfy { abs(Double($0) - $1) < 2e-6 })
  }

  @Test("slices of one buffer are updated as arrays of their own, and what no slice names stays")
  func slices() {
    let (gradients, start) = (Tensor.random([100], lane: 3), Tensor.random([100], lane: 4))
    let (values, first, second) = (start.copy(), Tensor.zeros([100]), Tensor.zeros([100]))
    let slices = [(0..<17, 0.01, 0.1), (32..<33, 0.5, 0.0), (64..<99, 0.02, 0.05)]
    for step in 1...3 {
      AdamW.step(
        slices.map { AdamW.Slice($0.0, learningRate: $0.1, weightDecay: $0.2) }, values: values, gradients: gradients,
        firstMoments: first, secondMoments: second, step: step)
    }
    var expected = start.values()
    for (range, learningRate, weightDecay) in slices {
      let (alone, gradient) = (
        Tensor([range.count], values: Array(start.values()[range])), gradients.slice(from: range.lowerBound, [range.count])
      )
      let (m, v) = (Tensor.zeros([range.count]), Tensor.zeros([range.count]))
      for step in 1...3 {
        AdamW.step(
          [AdamW.Slice(0..<range.count, learningRate: learningRate, weightDecay: weightDecay)], values: alone, gradients: gradient,
          firstMoments: m, secondMoments: v, step: step)
      }
      expected.replaceSubrange(range, with: alone.values())
    }
    #expect(values.values() == expected && second.values()[99] == 0 && second.values()[31] == 0)
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let gradient = Tensor.random([40_003], lane: 40)
    #expect(
      isIndependentOfThreads {
        let (value, first, second) = (gradient.copy(), Tensor.zeros([40_003]), Tensor.zeros([40_003]))
        AdamW.step(
          [AdamW.Slice(0..<40_003, learningRate: 0.01, weightDecay: 0.1)], values: value, gradients: gradient, firstMoments: first,
          secondMoments: second, step: 1)
        return [value, first, second]
      })
  }
}
