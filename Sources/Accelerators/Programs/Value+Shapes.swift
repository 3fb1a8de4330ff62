/// Other views and parts of arrays.
extension Value {
  /// The same numbers, in row-major order, under another shape.
  package func reshaped(_ shape: [Int]) -> Value {
    precondition(shape.reduce(1, *) == count, "Value: \(typeText) cannot be read as \(shape)")
    return shape == self.shape ? self : changing("reshape", to: shape, type)
  }

  /// - Parameter axes: where each axis of this value lies in the result; along the other axes it is repeated.
  package func broadcast(to shape: [Int], axes: [Int]) -> Value {
    precondition(
      axes.count == self.shape.count && zip(axes, self.shape).allSatisfy { shape[$0] == $1 }, "Value: \(typeText) along \(axes) of \(shape)"
    )
    return shape == self.shape && axes == Array(shape.indices) ? self : changing("broadcast_in_dim", ", dims = \(axes)", to: shape, type)
  }

  /// - Parameter order: the axes of this value, in the order of the result.
  package func transposed(_ order: [Int]) -> Value {
    order == Array(shape.indices) ? self : changing("transpose", ", dims = \(order)", to: order.map { shape[$0] }, type)
  }

  /// Some of the places along one axis.
  package func slice(axis: Int, _ range: Range<Int>) -> Value {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[axis], "Value: places \(range) along axis \(axis) of \(typeText)")
    if range.count == shape[axis] { return self }
    var result = shape
    result[axis] = range.count
    let ranges = shape.indices.map { $0 == axis ? "\(range.lowerBound):\(range.upperBound)" : "0:\(shape[$0])" }
    return changing("slice", " [\(ranges.joined(separator: ", "))]", to: result, type)
  }

  /// The slice of one place along an axis, without that axis.
  package func place(axis: Int, _ index: Int) -> Value {
    var result = shape
    result.remove(at: axis)
    return slice(axis: axis, index..<index + 1).reshaped(result)
  }

  /// Backwards along some axes.
  package func reversed(axes: [Int]) -> Value {
    program.emit("stablehlo.reverse \(name), dims = \(axes) : \(typeText)", shape, type)
  }

  /// One value behind the other along an axis.
  package static func concatenated(_ values: [Value], axis: Int) -> Value {
    precondition(!values.isEmpty, "Value: nothing to concatenate")
    if values.count == 1 { return values[0] }
    var shape = values[0].shape
    shape[axis] = values.reduce(0) { $0 + $1.shape[axis] }
    let (names, types) = (values.map(\.name).joined(separator: ", "), values.map(\.typeText).joined(separator: ", "))
    return values[0].program.emit(
      "stablehlo.concatenate \(names), dim = \(axis) : (\(types)) -> \(type(shape, values[0].type))", shape, values[0].type)
  }

  /// With zeros before and behind along an axis.
  package func padded(axis: Int, before: Int = 0, behind: Int) -> Value {
    if before == 0 && behind == 0 { return self }
    var (low, high, result) = (shape.map { _ in 0 }, shape.map { _ in 0 }, shape)
    (low[axis], high[axis], result[axis]) = (before, behind, shape[axis] + before + behind)
    let zero = program.constant(0, [], type)
    let sizes = "low = \(low), high = \(high), interior = \(shape.map { _ in 0 })"
    return program.emit(
      "stablehlo.pad \(name), \(zero.name), \(sizes) : (\(typeText), \(zero.typeText)) -> \(Self.type(result, type))", result, type)
  }
}

/// Sums and largest numbers along axes, which disappear.
extension Value {
  package func sum(over axes: [Int]) -> Value { reduced("add", over: axes, from: 0) }
  package func largest(over axes: [Int]) -> Value { reduced("maximum", over: axes, from: type == .int32 ? Double(Int32.min) : -.infinity) }
  package func smallest(over axes: [Int]) -> Value { reduced("minimum", over: axes, from: type == .int32 ? Double(Int32.max) : .infinity) }

  private func reduced(_ operation: String, over axes: [Int], from start: Double) -> Value {
    let first = program.constant(start, [], type)
    let result = shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
    return program.emit(
      "stablehlo.reduce(\(name) init: \(first.name)) applies stablehlo.\(operation) across dimensions = \(axes) : "
        + "(\(typeText), \(first.typeText)) -> \(Self.type(result, type))", result, type)
  }
}
