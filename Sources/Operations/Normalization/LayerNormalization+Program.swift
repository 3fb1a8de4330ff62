import Accelerators

extension LayerNormalization {
  static func recordStatistics(_ program: Program, _ input: Tensor, epsilon: Double) -> Cache {
    let x = input.value(in: program)
    let mean = x.sum(over: [1]) / Double(x.shape[1])
    let centred = x - mean.broadcast(to: x.shape, axes: [0, 2])
    let variance = (centred * centred).sum(over: [1]) / Double(x.shape[1])
    return Cache(mean: Tensor(mean), inverseDeviation: Tensor((variance + epsilon).inverseSquareRoot))
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, scale: Tensor, cache: Cache, scaleGradient: Tensor, shiftGradient: Tensor,
    addingTo residualGradient: Tensor?
  ) -> Tensor {
    let (x, slopes) = (input.value(in: program), outputGradient.value(in: program))
    func perStep(_ value: Value) -> Value { value.broadcast(to: x.shape, axes: [0, 2]) }
    func mean(_ value: Value) -> Value { perStep(value.sum(over: [1]) / Double(x.shape[1])) }
    let inverse = perStep(cache.inverseDeviation.value(in: program))
    let normal = (x - perStep(cache.mean.value(in: program))) * inverse
    scaleGradient.add((slopes * normal).sum(over: [0, 2]))
    shiftGradient.add(slopes.sum(over: [0, 2]))
    let scaled = slopes * scale.value(in: program).broadcast(to: x.shape, axes: [1])
    return .sum(of: (scaled - mean(scaled) - normal * mean(scaled * normal)) * inverse, addedTo: residualGradient, in: program)
  }
}

extension Tensor {
  /// A gradient, or the sum in the place of another one where there is one.
  static func sum(of gradient: Value, addedTo residual: Tensor?, in program: Program) -> Tensor {
    guard let residual else { return Tensor(gradient) }
    residual.set(residual.value(in: program) + gradient)
    return residual
  }
}
