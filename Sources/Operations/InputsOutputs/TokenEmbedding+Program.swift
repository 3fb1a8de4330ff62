import Accelerators

/// As products with ones where the tokens are: sums in a fixed order, where a device would scatter in any.
extension TokenEmbedding {
  static func record(_ program: Program, _ tokens: Integers, batchSize: Int, length: Int, table: Tensor) -> Tensor {
    let rows = table.value(in: program)
    let ones = ones(program, tokens, [batchSize, length, rows.shape[0]])
    return Tensor(rows.product(ones, contracting: [(0, 2)], isExact: true).transposed([1, 0, 2]))
  }

  static func recordBackward(_ program: Program, outputGradient: Tensor, tokens: Integers, tableGradient: Tensor) {
    let slopes = outputGradient.value(in: program)
    let ones = ones(program, tokens, [slopes.shape[0], slopes.shape[2], tableGradient.shape[0]])
    tableGradient.add(ones.product(slopes, contracting: [(0, 0), (1, 2)], isExact: true))
  }

  /// [B, L, V].
  private static func ones(_ program: Program, _ tokens: Integers, _ shape: [Int]) -> Value {
    let places = tokens.value(in: program).reshaped(Array(shape.prefix(2))).broadcast(to: shape, axes: [0, 1])
    return program.positions(shape, axis: 2, .int32).compared(.equal, places).converted(to: .float32)
  }
}
