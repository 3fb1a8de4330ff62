/// An array that a program computes: what operations of a `Program` give.
///
/// Where its axes lie in memory need not be where they are counted: a transposition writes nothing down, and what is computed place by place
/// keeps the arrangement of its operands. So activations [B, H, L] lie as products give them, channels first, and are never turned.
package struct Value {
  indirect enum Form {
    /// Axis i lies at `places[i]` of the array.
    case stored(NamedArray, places: [Int])
    /// Repeated along all axes but these, which are those of another value. It is written down where an array meets it.
    case spread(Value, axes: [Int])
  }

  /// Sizes of the axes; empty for a single number.
  package let shape: [Int]
  let form: Form

  private init(shape: [Int], form: Form) { (self.shape, self.form) = (shape, form) }

  /// - Parameter places: where each axis lies in the array; nil for the order of the array's own.
  init(_ array: NamedArray, places: [Int]? = nil) {
    let places = places ?? Array(array.shape.indices)
    self.init(shape: places.map { array.shape[$0] }, form: .stored(array, places: places))
  }

  package var program: Program {
    switch form {
    case .stored(let array, _): array.program
    case .spread(let source, _): source.program
    }
  }

  package var type: ElementType {
    switch form {
    case .stored(let array, _): array.type
    case .spread(let source, _): source.type
    }
  }

  /// The product of `shape`.
  package var count: Int { shape.reduce(1, *) }

  /// Type and sizes, for messages.
  var text: String { NamedArray.type(shape, type) }

  /// - Parameter axes: where each axis of this value lies in the result; along the other axes it is repeated.
  package func broadcast(to shape: [Int], axes: [Int]) -> Value {
    precondition(
      axes.count == self.shape.count && zip(axes, self.shape).allSatisfy { shape[$0] == $1 }, "Value: \(text) along \(axes) of \(shape)")
    if axes == Array(shape.indices) { return self }
    if case .spread(let source, let inner) = form {
      return Value(shape: shape, form: .spread(source, axes: inner.map { axes[$0] }))
    }
    return Value(shape: shape, form: .spread(self, axes: axes))
  }

  /// - Parameter order: the axes of this value, in the order of the result.
  package func transposed(_ order: [Int]) -> Value {
    let shape = order.map { self.shape[$0] }
    switch form {
    case .stored(let array, let places): return Value(shape: shape, form: .stored(array, places: order.map { places[$0] }))
    case .spread(let source, let axes):
      // All axes of the result are axes of this value.
      return Value(shape: shape, form: .spread(source, axes: axes.map { order.firstIndex(of: $0)! }))
    }
  }
}
