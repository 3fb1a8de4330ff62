/// Other views and parts of arrays.
extension Value {
  /// Some of the places along one axis.
  package func slice(axis: Int, _ range: Range<Int>) -> Value {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[axis], "Value: places \(range) along axis \(axis) of \(text)")
    if range.count == shape[axis] { return self }
    return changedInPlace(axes: [axis]) { array, places in
      var result = array.shape
      result[places[0]] = range.count
      let ranges = result.indices.map { $0 == places[0] ? "\(range.lowerBound):\(range.upperBound)" : "0:\(result[$0])" }
      return array.changed("slice", " [\(ranges.joined(separator: ", "))]", to: result, type)
    }
  }

  /// The slice of one place along an axis, without that axis.
  package func place(axis: Int, _ index: Int) -> Value {
    var result = shape
    result.remove(at: axis)
    return slice(axis: axis, index..<index + 1).reshaped(result)
  }

  /// Backwards along some axes.
  package func reversed(axes: [Int]) -> Value {
    changedInPlace(axes: axes) { array, places in
      program.emit("stablehlo.reverse \(array.name), dims = \(places) : \(array.typeText)", array.shape, type)
    }
  }

  /// One value behind the other along an axis.
  package static func concatenated(_ values: [Value], axis: Int) -> Value {
    precondition(!values.isEmpty, "Value: nothing to concatenate")
    if values.count == 1 { return values[0] }
    let places = places(for: values)
    let arrays = values.map { $0.array(places) }
    var shape = arrays[0].shape
    shape[places[axis]] = values.reduce(0) { $0 + $1.shape[axis] }
    let (names, types) = (arrays.map(\.name).joined(separator: ", "), arrays.map(\.typeText).joined(separator: ", "))
    let joined = values[0].program.emit(
      "stablehlo.concatenate \(names), dim = \(places[axis]) : (\(types)) -> \(NamedArray.type(shape, values[0].type))", shape,
      values[0].type)
    return Value(joined, places: places)
  }

  /// With zeros before and behind along an axis.
  package func padded(axis: Int, before: Int = 0, behind: Int) -> Value {
    if before == 0 && behind == 0 { return self }
    let zero = program.constant(0, [], type).naturalArray
    return changedInPlace(axes: [axis]) { array, places in
      var (low, high, result) = (array.shape.map { _ in 0 }, array.shape.map { _ in 0 }, array.shape)
      (low[places[0]], high[places[0]], result[places[0]]) = (before, behind, shape[axis] + before + behind)
      let sizes = "low = \(low), high = \(high), interior = \(array.shape.map { _ in 0 })"
      return program.emit(
        "stablehlo.pad \(array.name), \(zero.name), \(sizes) : (\(array.typeText), \(zero.typeText)) -> \(NamedArray.type(result, type))",
        result, type)
    }
  }

  /// An operation along some axes that keeps the arrangement.
  ///
  /// - Parameter operation: from the array and where these axes lie in it.
  private func changedInPlace(axes: [Int], _ operation: (NamedArray, [Int]) -> NamedArray) -> Value {
    let places = Self.places(for: [self])
    return Value(operation(array(places), axes.map { places[$0] }), places: places)
  }
}

/// Sums and largest numbers along axes, which disappear.
extension Value {
  package func sum(over axes: [Int]) -> Value { reduced("add", over: axes, from: 0) }
  package func largest(over axes: [Int]) -> Value { reduced("maximum", over: axes, from: type == .int32 ? Double(Int32.min) : -.infinity) }
  package func smallest(over axes: [Int]) -> Value { reduced("minimum", over: axes, from: type == .int32 ? Double(Int32.max) : .infinity) }

  private func reduced(_ operation: String, over axes: [Int], from start: Double) -> Value {
    let first = program.constant(start, [], type).naturalArray
    let own = Self.places(for: [self])
    let array = array(own)
    let (summed, left) = (axes.map { own[$0] }.sorted(), naturalPlaces.filter { !axes.contains($0) }.map { own[$0] })
    let result = left.sorted().map { array.shape[$0] }
    let sums = program.emit(
      "stablehlo.reduce(\(array.name) init: \(first.name)) applies stablehlo.\(operation) across dimensions = \(summed) : "
        + "(\(array.typeText), \(first.typeText)) -> \(NamedArray.type(result, type))", result, type)
    return Value(sums, places: Self.ranks(left))
  }
}
