/// Complex numbers as two arrays, for arithmetic whose parts are wanted apart or whose type has no complex form on every device.
package struct ComplexValue {
  package let real: Value
  package let imaginary: Value

  package init(_ real: Value, _ imaginary: Value) { (self.real, self.imaginary) = (real, imaginary) }

  package var shape: [Int] { real.shape }

  package static func + (first: ComplexValue, second: ComplexValue) -> ComplexValue {
    ComplexValue(first.real + second.real, first.imaginary + second.imaginary)
  }
  package static func - (first: ComplexValue, second: ComplexValue) -> ComplexValue {
    ComplexValue(first.real - second.real, first.imaginary - second.imaginary)
  }
  package static func * (first: ComplexValue, second: ComplexValue) -> ComplexValue {
    ComplexValue(
      first.real * second.real - first.imaginary * second.imaginary, first.real * second.imaginary + first.imaginary * second.real)
  }
  package static func * (first: Value, second: ComplexValue) -> ComplexValue {
    ComplexValue(first * second.real, first * second.imaginary)
  }
  package static func * (first: Double, second: ComplexValue) -> ComplexValue {
    ComplexValue(first * second.real, first * second.imaginary)
  }
  package static func + (first: ComplexValue, second: Double) -> ComplexValue { ComplexValue(first.real + second, first.imaginary) }
  package static func - (first: ComplexValue, second: Double) -> ComplexValue { first + -second }
  package static prefix func - (value: ComplexValue) -> ComplexValue { ComplexValue(-value.real, -value.imaginary) }

  package var conjugate: ComplexValue { ComplexValue(real, -imaginary) }
  package var squaredModulus: Value { real * real + imaginary * imaginary }
  package var reciprocal: ComplexValue {
    let size = squaredModulus
    return ComplexValue(real / size, -imaginary / size)
  }
  package var exponential: ComplexValue {
    let size = real.exponential
    return ComplexValue(size * imaginary.cosine, size * imaginary.sine)
  }

  /// The principal value.
  package var logarithm: ComplexValue { ComplexValue(0.5 * squaredModulus.logarithm, imaginary.arcTangent(over: real)) }

  /// The same operation on both parts.
  package func parts(_ change: (Value) -> Value) -> ComplexValue { ComplexValue(change(real), change(imaginary)) }

  package func converted(to type: ElementType) -> ComplexValue { parts { $0.converted(to: type) } }
  package func broadcast(to shape: [Int], axes: [Int]) -> ComplexValue { parts { $0.broadcast(to: shape, axes: axes) } }
  package func sum(over axes: [Int]) -> ComplexValue { parts { $0.sum(over: axes) } }

  /// The one value where a condition holds, else the other.
  package static func choice(_ condition: Value, _ first: ComplexValue, else second: ComplexValue) -> ComplexValue {
    ComplexValue(condition.choose(first.real, else: second.real), condition.choose(first.imaginary, else: second.imaginary))
  }

  /// The real parts in front and the imaginary parts behind along an axis of an array.
  package init(halvesOf value: Value, axis: Int) {
    let count = value.shape[axis] / 2
    precondition(value.shape[axis] == 2 * count, "ComplexValue: halves of \(value.shape) along axis \(axis)")
    self.init(value.slice(axis: axis, 0..<count), value.slice(axis: axis, count..<2 * count))
  }

  /// Real parts, and imaginary parts behind them along an axis.
  package func halves(axis: Int) -> Value { Value.concatenated([real, imaginary], axis: axis) }

  /// Pairs (re, im) along the last axis, which an array holds.
  package init(interleaved value: Value) {
    let last = value.shape.count - 1
    precondition(value.shape[last] == 2, "ComplexValue: pairs in \(value.shape)")
    self.init(value.place(axis: last, 0), value.place(axis: last, 1))
  }

  /// Pairs (re, im) along a new last axis.
  package var interleaved: Value {
    Value.concatenated([real, imaginary].map { $0.reshaped($0.shape + [1]) }, axis: shape.count)
  }
}
