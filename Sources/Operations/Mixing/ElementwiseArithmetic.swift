import Accelerators

/// Sums and checks over whole tensors.
package enum ElementwiseArithmetic {
  /// first + second, as for residual connections.
  package static func sum(_ first: Tensor, _ second: Tensor) -> Tensor {
    if let program = Program.recording(first, second) { return record(program, first, second, times: 1) }
    let result = Tensor(uninitialized: first.shape)
    combine(first, second, into: result) { $0 + $1 }
    return result
  }

  /// first + factor · second.
  package static func sum(_ first: Tensor, _ second: Tensor, times factor: Float) -> Tensor {
    if let program = Program.recording(first, second) { return record(program, first, second, times: factor) }
    let result = Tensor(uninitialized: first.shape)
    combine(first, second, into: result) { VectorMath.multiplyAdd($1, factor, $0) }
    return result
  }

  /// Adds another tensor in place.
  package static func add(_ tensor: Tensor, to sum: Tensor) {
    if let program = Program.recording(sum) { return sum.add(tensor.value(in: program)) }
    combine(sum, tensor, into: sum) { $0 + $1 }
  }

  /// Adds the slices along the first axis of `rows` in place, in their order.
  package static func addRows(of rows: Tensor, to sum: Tensor) { Reductions.addPartials(rows, count: rows.shape[0], to: sum) }

  /// factor · x, the gradient of `second` in `sum(_:_:times:)`.
  package static func scaled(_ tensor: Tensor, by factor: Float) -> Tensor {
    if let program = Program.recording(tensor) { return Tensor(tensor.value(in: program) * Double(factor)) }
    let result = Tensor(uninitialized: tensor.shape)
    let (source, target) = (Shared(tensor.elements), Shared(result.elements))
    Parallel.forEachChunk(of: tensor.count, size: Parallel.elementChunk) { _, range in
      VectorMath.map(source.pointer + range.lowerBound, to: target.pointer + range.lowerBound, count: range.count) { $0 * factor }
    }
    return result
  }

  /// One number for each of `count` channels, shape [count].
  package static func repeated(_ number: Tensor, count: Int) -> Tensor {
    precondition(number.count == 1, "ElementwiseArithmetic: shape \(number.shape) is no single number")
    if let program = Program.recording(number) { return Tensor(number.value(in: program).reshaped([]).broadcast(to: [count], axes: [])) }
    return Tensor([count], filledWith: number.elements[0])
  }

  /// Adds the gradient of `repeated`: the sum over the channels, one after the other.
  package static func addSum(of outputGradient: Tensor, to gradient: Tensor) {
    precondition(gradient.count == 1, "ElementwiseArithmetic: shape \(gradient.shape) is no single number")
    if let program = Program.recording(gradient) {
      return gradient.add(outputGradient.value(in: program).sum(over: [0]).reshaped(gradient.shape))
    }
    var sum: Float = 0
    for channel in 0..<outputGradient.count { sum += outputGradient.elements[channel] }
    gradient.elements[0] += sum
  }

  /// Whether no value is infinite or NaN.
  package static func allFinite(_ tensor: Tensor) -> Bool {
    let values = Shared(tensor.elements)
    // 0 · x is 0 for every finite x, else NaN.
    let zero = Parallel.sum(over: tensor.count) { range in
      VectorMath.sum(values.pointer + range.lowerBound, count: range.count) { $0 * 0 }
    }
    return zero == 0
  }

  @inline(always)
  private static func combine(
    _ first: Tensor, _ second: Tensor, into result: Tensor, _ operation: @escaping @Sendable (Lanes, Lanes) -> Lanes
  ) {
    precondition(
      first.shape == second.shape, "ElementwiseArithmetic: shapes \(first.shape) and \(second.shape) differ")
    let (left, right, target) = (Shared(first.elements), Shared(second.elements), Shared(result.elements))
    Parallel.forEachChunk(of: result.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      VectorMath.map(left.pointer + start, right.pointer + start, to: target.pointer + start, count: range.count, operation)
    }
  }
}
