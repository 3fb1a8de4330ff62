import Accelerators

extension BatchNormalization {
  static func recordTrainingStatistics(
    _ program: Program, _ input: Tensor, runningMean: Tensor, runningVariance: Tensor
  ) -> Cache {
    let x = input.value(in: program)
    let count = Double(x.shape[0] * x.shape[2])
    let mean = x.sum(over: [0, 2]) / count
    let centred = x - mean.broadcast(to: x.shape, axes: [1])
    let squares = (centred * centred).sum(over: [0, 2])
    runningMean.set(runningMean.value(in: program) * (1 - momentum) + mean * momentum)
    runningVariance.set(runningVariance.value(in: program) * (1 - momentum) + squares * (momentum / (count - 1)))
    return Cache(mean: Tensor(mean), inverseDeviation: Tensor((squares / count + epsilon).inverseSquareRoot), dependsOnInput: true)
  }

  static func recordEvaluationStatistics(_ program: Program, runningMean: Tensor, runningVariance: Tensor) -> Cache {
    Cache(
      mean: runningMean.copy(), inverseDeviation: Tensor((runningVariance.value(in: program) + epsilon).inverseSquareRoot),
      dependsOnInput: false)
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, scale: Tensor, cache: Cache, scaleGradient: Tensor, shiftGradient: Tensor,
    addingTo residualGradient: Tensor?
  ) -> Tensor {
    let (x, slopes) = (input.value(in: program), outputGradient.value(in: program))
    let count = Double(x.shape[0] * x.shape[2])
    func perChannel(_ value: Value) -> Value { value.broadcast(to: x.shape, axes: [1]) }
    let inverse = cache.inverseDeviation.value(in: program)
    let normal = (x - perChannel(cache.mean.value(in: program))) * perChannel(inverse)
    let (sum, product) = (slopes.sum(over: [0, 2]), (slopes * normal).sum(over: [0, 2]))
    scaleGradient.add(product)
    shiftGradient.add(sum)
    let moved = cache.dependsOnInput ? slopes - perChannel(sum / count) - normal * perChannel(product / count) : slopes
    return .sum(of: moved * perChannel(scale.value(in: program) * inverse), addedTo: residualGradient, in: program)
  }
}
