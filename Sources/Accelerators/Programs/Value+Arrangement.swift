/// Where the axes of values lie.
extension Value {
  /// Where each axis lies in memory; nil of what is repeated and has no memory yet.
  var places: [Int]? {
    guard case .stored(_, let places) = form else { return nil }
    return places
  }

  /// The name of the array that holds it; nil of what is repeated.
  var arrayName: String? {
    guard case .stored(let array, _) = form else { return nil }
    return array.name
  }

  var naturalPlaces: [Int] { Array(shape.indices) }

  /// Where the axes of several values of one shape lie best: as they do in the first of them that has an arrangement.
  static func places(for values: [Value]) -> [Int] { values.lazy.compactMap(\.places).first ?? values[0].naturalPlaces }

  /// The place of each number among all, counted from 0: [5, 2, 9] → [1, 0, 2].
  static func ranks(_ numbers: [Int]) -> [Int] { numbers.map { number in numbers.count { $0 < number } } }

  /// The array with axis i at `places[i]`, written down if there is none yet.
  func array(_ places: [Int]) -> NamedArray {
    switch form {
    case .stored(let array, let own):
      if own == places { return array }
      let axes = places.indices.sorted { places[$0] < places[$1] }
      return array.changed("transpose", ", dims = \(axes.map { own[$0] })", to: axes.map { shape[$0] }, type)
    case .spread(let source, let axes):
      var sizes = shape
      for (axis, place) in places.enumerated() { sizes[place] = shape[axis] }
      let targets = axes.map { places[$0] }
      return source.array(Self.ranks(targets)).changed("broadcast_in_dim", ", dims = \(targets.sorted())", to: sizes, type)
    }
  }

  /// The array with its axes in their own order.
  var naturalArray: NamedArray { array(naturalPlaces) }

  /// The same value with its axes where those of another one lie, so that nothing has to be turned when they meet.
  package func arranged(like other: Value) -> Value {
    precondition(shape == other.shape, "Value: \(text) arranged like \(other.text)")
    let places = Self.places(for: [other])
    return Value(array(places), places: places)
  }

  /// The same numbers, in row-major order of the axes, under another shape.
  package func reshaped(_ shape: [Int]) -> Value {
    precondition(shape.reduce(1, *) == count, "Value: \(text) cannot be read as \(shape)")
    if shape == self.shape { return self }
    if case .spread(let number, axes: []) = form { return number.broadcast(to: shape, axes: []) }
    let own = Self.places(for: [self])
    // Axes that become others stay together where they lie together.
    let groups = Self.commonGroups(self.shape, shape)
    let isInPlace = groups.allSatisfy { group in group.0.dropFirst().allSatisfy { own[$0] == own[$0 - 1] + 1 } }
    guard own != naturalPlaces, isInPlace else {
      return Value(naturalArray.changed("reshape", to: shape, type))
    }
    // Groups without an axis of their own hold sizes 1 alone and go last.
    let sorted = groups.sorted { ($0.0.first.map { own[$0] } ?? own.count) < ($1.0.first.map { own[$0] } ?? own.count) }
    let axes = sorted.flatMap { Array($0.1) }
    var places = axes
    for (place, axis) in axes.enumerated() { places[axis] = place }
    return Value(array(own).changed("reshape", to: axes.map { shape[$0] }, type), places: places)
  }

  /// Runs of axes of two shapes that hold the same numbers of elements, as short as possible; sizes 1 stand alone where they can.
  private static func commonGroups(_ first: [Int], _ second: [Int]) -> [(Range<Int>, Range<Int>)] {
    var groups: [(Range<Int>, Range<Int>)] = []
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let (start, other) = (i, j)
      let (size, otherSize) = (i < first.count ? first[i] : 1, j < second.count ? second[j] : 1)
      if i < first.count, size == 1 || otherSize != 1 || j == second.count { i += 1 }
      if j < second.count, otherSize == 1 || size != 1 || start == first.count { j += 1 }
      var (count, otherCount) = (i > start ? size : 1, j > other ? otherSize : 1)
      while count != otherCount {
        if count < otherCount {
          count *= first[i]
          i += 1
        } else {
          otherCount *= second[j]
          j += 1
        }
      }
      groups.append((start..<i, other..<j))
    }
    return groups
  }
}
