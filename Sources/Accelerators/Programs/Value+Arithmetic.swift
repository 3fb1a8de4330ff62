/// Arithmetic of numbers in equal places. A `Double` stands for an array of that number.
extension Value {
  package static func + (first: Value, second: Value) -> Value { first.binary("add", second) }
  package static func - (first: Value, second: Value) -> Value { first.binary("subtract", second) }
  package static func * (first: Value, second: Value) -> Value { first.binary("multiply", second) }
  package static func / (first: Value, second: Value) -> Value { first.binary("divide", second) }
  package static prefix func - (value: Value) -> Value { value.unary("negate") }

  package static func + (first: Value, second: Double) -> Value { first + first.filled(second) }
  package static func - (first: Value, second: Double) -> Value { first - first.filled(second) }
  package static func - (first: Double, second: Value) -> Value { second.filled(first) - second }
  package static func * (first: Value, second: Double) -> Value { first * first.filled(second) }
  package static func * (first: Double, second: Value) -> Value { second * second.filled(first) }
  package static func / (first: Value, second: Double) -> Value { first / first.filled(second) }
  package static func / (first: Double, second: Value) -> Value { second.filled(first) / second }

  /// A number in the shape and type of this value.
  package func filled(_ number: Double) -> Value { program.constant(number, shape, type) }

  package var absolute: Value { unary("abs") }
  package var exponential: Value { unary("exponential") }
  /// eˣ − 1, exactly where x is tiny.
  package var exponentialMinusOne: Value { unary("exponential_minus_one") }
  package var logarithm: Value { unary("log") }
  /// log(1 + x), exactly where x is tiny.
  package var logarithmOfOnePlus: Value { unary("log_plus_one") }
  package var sine: Value { unary("sine") }
  package var cosine: Value { unary("cosine") }
  package var squareRoot: Value { unary("sqrt") }
  package var inverseSquareRoot: Value { unary("rsqrt") }
  package var hyperbolicTangent: Value { unary("tanh") }
  /// 1 / (1 + e⁻ˣ).
  package var logistic: Value { unary("logistic") }
  /// −1, 0 or 1.
  package var sign: Value { unary("sign") }
  /// The error function.
  package var errorFunction: Value { program.emit("chlo.erf \(name) : \(typeText) -> \(typeText)", shape, type) }

  /// The angle of the point (other, self).
  package func arcTangent(over other: Value) -> Value { binary("atan2", other) }
  package func power(_ exponent: Value) -> Value { binary("power", exponent) }
  package func maximum(_ other: Value) -> Value { binary("maximum", other) }
  package func minimum(_ other: Value) -> Value { binary("minimum", other) }
  package func maximum(_ other: Double) -> Value { maximum(filled(other)) }

  // Bits of whole numbers, and logic of truth values.
  package func and(_ other: Value) -> Value { binary("and", other) }
  package func or(_ other: Value) -> Value { binary("or", other) }
  package func exclusiveOr(_ other: Value) -> Value { binary("xor", other) }
  package func shiftedRight(_ bits: Int) -> Value { binary("shift_right_logical", filled(Double(bits))) }
  package func shiftedLeft(_ bits: Int) -> Value { binary("shift_left", filled(Double(bits))) }
}

/// Comparisons and choices.
extension Value {
  package enum Comparison: String { case equal = "EQ", less = "LT", atMost = "LE", greater = "GT", atLeast = "GE" }

  /// Truth values.
  package func compared(_ comparison: Comparison, _ other: Value) -> Value {
    precondition(shape == other.shape && type == other.type, "Value: comparison of \(typeText) and \(other.typeText)")
    let result = Self.type(shape, .boolean)
    return program.emit(
      "stablehlo.compare \(comparison.rawValue), \(name), \(other.name) : (\(typeText), \(typeText)) -> \(result)", shape, .boolean)
  }

  package func compared(_ comparison: Comparison, _ number: Double) -> Value { compared(comparison, filled(number)) }

  /// Where these truth values hold one value, else the other.
  package func choose(_ first: Value, else second: Value) -> Value {
    precondition(
      type == .boolean && first.shape == shape && second.shape == shape && first.type == second.type,
      "Value: choice by \(typeText) of \(first.typeText) and \(second.typeText)")
    return program.emit(
      "stablehlo.select \(name), \(first.name), \(second.name) : \(typeText), \(first.typeText)", shape, first.type)
  }

  package func converted(to type: ElementType) -> Value { type == self.type ? self : changing("convert", to: shape, type) }
}
