import Accelerators

extension SequenceReversal {
  static func record(_ program: Program, _ input: Tensor) -> Tensor {
    let x = input.value(in: program)
    return Tensor(Value.concatenated([x, x.reversed(axes: [2])], axis: 2))
  }

  static func recordBackward(_ program: Program, outputGradient: Tensor) -> Tensor {
    let (first, second) = halves(outputGradient.value(in: program), axis: 2)
    return Tensor(first + second.reversed(axes: [2]))
  }

  static func recordSeparate(_ program: Program, _ doubled: Tensor, adding input: Tensor, skip: Tensor) -> Tensor {
    let (first, second) = halves(doubled.value(in: program), axis: 2)
    let u = input.value(in: program)
    let skips = spreadSkips(program, skip, u.shape)
    return Tensor(Value.concatenated([first + skips.0 * u, second.reversed(axes: [2]) + skips.1 * u], axis: 1))
  }

  static func recordSeparateBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, skip: Tensor, skipGradient: Tensor?
  ) -> (doubled: Tensor, input: Tensor) {
    let slopes = outputGradient.value(in: program)
    let (first, second) = halves(slopes, axis: 1)
    let u = input.value(in: program)
    let skips = spreadSkips(program, skip, u.shape)
    skipGradient?.add((slopes * Value.concatenated([u, u], axis: 1)).sum(over: [0, 2]))
    let doubled = Value.concatenated([first, second.reversed(axes: [2])], axis: 2)
    return (Tensor(doubled), Tensor(skips.0 * first + skips.1 * second))
  }

  private static func halves(_ value: Value, axis: Int) -> (Value, Value) {
    let count = value.shape[axis] / 2
    return (value.slice(axis: axis, 0..<count), value.slice(axis: axis, count..<2 * count))
  }

  /// D of both halves, in the shape of u.
  private static func spreadSkips(_ program: Program, _ skip: Tensor, _ shape: [Int]) -> (Value, Value) {
    let (first, second) = halves(skip.value(in: program), axis: 0)
    return (first.broadcast(to: shape, axes: [1]), second.broadcast(to: shape, axes: [1]))
  }
}
