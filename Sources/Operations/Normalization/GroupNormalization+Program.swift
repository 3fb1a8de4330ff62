import Accelerators

extension GroupNormalization {
  static func record(
    _ program: Program, _ input: Tensor, scale: Tensor, shift: Tensor, groups: Int, activation: Activation.Kind?
  ) -> (output: Tensor, statistics: Tensor) {
    let rows = RecordedGroups(input, groups).rows(input.value(in: program))
    let mean = rows.sum(over: [2]) / Double(rows.shape[2])
    let centred = rows - mean.broadcast(to: rows.shape, axes: [0, 1])
    let variance = (centred * centred).sum(over: [2]) / Double(rows.shape[2])
    let statistics = Value.concatenated([mean, (variance + epsilon).inverseSquareRoot].map { $0.reshaped($0.shape + [1]) }, axis: 2)
    return (
      recordOutput(program, input, statistics: Tensor(statistics), scale: scale, shift: shift, groups: groups, activation: activation),
      Tensor(statistics)
    )
  }

  static func recordOutput(
    _ program: Program, _ input: Tensor, statistics: Tensor, scale: Tensor, shift: Tensor, groups: Int, activation: Activation.Kind?
  ) -> Tensor {
    let sizes = RecordedGroups(input, groups)
    let (normal, _) = sizes.normal(input.value(in: program), statistics.value(in: program))
    let mapped = normal * sizes.perChannel(scale.value(in: program)) + sizes.perChannel(shift.value(in: program))
    return Tensor(activation?.value(mapped) ?? mapped)
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, statistics: Tensor, scale: Tensor, shift: Tensor, scaleGradient: Tensor,
    shiftGradient: Tensor, groups: Int, activation: Activation.Kind?
  ) -> Value {
    let sizes = RecordedGroups(input, groups)
    let (normal, inverse) = sizes.normal(input.value(in: program), statistics.value(in: program))
    let factor = sizes.perChannel(scale.value(in: program))
    var slopes = outputGradient.value(in: program)
    if let activation { slopes = slopes * activation.slope(normal * factor + sizes.perChannel(shift.value(in: program))) }
    let others = input.shape.indices.filter { $0 != 1 }
    scaleGradient.add((slopes * normal).sum(over: others))
    shiftGradient.add(slopes.sum(over: others))
    let scaled = slopes * factor
    return (scaled - sizes.mean(scaled) - normal * sizes.mean(scaled * normal)) * inverse
  }
}

/// Values [N, C, …] as groups that are normalised together.
private struct RecordedGroups {
  private let shape: [Int]
  private let groupShape: [Int]

  init(_ input: Tensor, _ groups: Int) {
    shape = input.shape
    groupShape = [shape[0], groups, input.count / (shape[0] * groups)]
  }

  /// [N, groups, values of a group].
  func rows(_ value: Value) -> Value { value.reshaped(groupShape) }

  /// (x − mean)·inverse and the inverse deviation, both in the shape of x.
  func normal(_ input: Value, _ statistics: Value) -> (normal: Value, inverse: Value) {
    let (mean, inverse) = (spread(statistics.place(axis: 2, 0)), spread(statistics.place(axis: 2, 1)))
    return ((input - mean) * inverse, inverse)
  }

  /// The mean of each group, in the place of all its values.
  func mean(_ value: Value) -> Value { spread(rows(value).sum(over: [2]) / Double(groupShape[2])) }

  func perChannel(_ vector: Value) -> Value { vector.broadcast(to: shape, axes: [1]) }

  /// [N, groups] → [N, C, …].
  private func spread(_ value: Value) -> Value { value.broadcast(to: groupShape, axes: [0, 1]).reshaped(shape) }
}
