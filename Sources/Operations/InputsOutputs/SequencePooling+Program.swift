import Accelerators
import Vocabulary

extension SequencePooling {
  static func record(_ program: Program, _ input: Tensor, mode: Pooling, lengths: Integers?) -> Tensor {
    let x = input.value(in: program)
    let (factors, count) = Self.factors(program, x.shape, mode, lengths)
    if let factors { return Tensor((x * factors).sum(over: [2])) }
    return Tensor(x.slice(axis: 2, x.shape[2] - count..<x.shape[2]).sum(over: [2]) / Double(count))
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, mode: Pooling, lengths: Integers?, length: Int
  ) -> Tensor {
    let slopes = outputGradient.value(in: program)
    let shape = slopes.shape + [length]
    let (factors, count) = Self.factors(program, shape, mode, lengths)
    if let factors { return Tensor(slopes.broadcast(to: shape, axes: [0, 1]) * factors) }
    let spread = (slopes / Double(count)).broadcast(to: slopes.shape + [count], axes: [0, 1])
    return Tensor(spread.padded(axis: 2, before: length - count, behind: 0))
  }

  /// Zero behind the lengths, which are a value [B].
  static func masked(_ rows: Value, lengths: Value) -> Value {
    let steps = rows.program.positions(rows.shape, axis: 2, .int32)
    return steps.compared(.less, lengths.broadcast(to: rows.shape, axes: [0])).choose(rows, else: rows.filled(0))
  }

  /// What each step counts for, where that differs between samples; else how many of the last steps count.
  private static func factors(
    _ program: Program, _ shape: [Int], _ mode: Pooling, _ lengths: Integers?
  ) -> (factors: Value?, count: Int) {
    guard let lengths else { return (nil, mode.positions(shape[2]).count) }
    let valid = lengths.value(in: program)
    let first =
      switch mode {
      case .mean: valid.filled(0)
      case .meanOfSecondHalf: valid.shiftedRight(1)
      case .last: valid - 1
      }
    let steps = program.positions(shape, axis: 2, .int32)
    func spread(_ value: Value) -> Value { value.broadcast(to: shape, axes: [0]) }
    let counts = steps.compared(.atLeast, spread(first)).and(steps.compared(.less, spread(valid)))
    let weight = spread(1 / (valid - first).converted(to: .float32))
    return (counts.choose(weight, else: weight.filled(0)), 0)
  }
}
