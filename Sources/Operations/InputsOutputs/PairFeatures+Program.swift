import Accelerators

extension PairFeatures {
  static func record(_ program: Program, _ rows: Tensor) -> Tensor {
    let (u, v) = halves(rows.value(in: program))
    return Tensor(Value.concatenated([u, v, u - v, u * v], axis: 1))
  }

  static func recordBackward(_ program: Program, outputGradient: Tensor, input: Tensor) -> Tensor {
    let (u, v) = halves(input.value(in: program))
    let slopes = outputGradient.value(in: program)
    let parts = (0..<4).map { slopes.slice(axis: 1, $0 * u.shape[1]..<($0 + 1) * u.shape[1]) }
    return Tensor(Value.concatenated([parts[0] + parts[2] + parts[3] * v, parts[1] - parts[2] + parts[3] * u], axis: 0))
  }

  private static func halves(_ rows: Value) -> (Value, Value) {
    let count = rows.shape[0] / 2
    return (rows.slice(axis: 0, 0..<count), rows.slice(axis: 0, count..<2 * count))
  }
}
