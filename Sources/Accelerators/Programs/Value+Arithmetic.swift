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
  package var errorFunction: Value {
    Self.elementwise([self], to: type) { "chlo.erf \($0[0].name) : \($0[0].typeText) -> \($0[0].typeText)" }
  }

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
    binary("compare \(comparison.rawValue),", other, to: .boolean)
  }

  package func compared(_ comparison: Comparison, _ number: Double) -> Value { compared(comparison, filled(number)) }

  /// Where these truth values hold one value, else the other.
  package func choose(_ first: Value, else second: Value) -> Value {
    precondition(
      type == .boolean && first.type == second.type, "Value: choice by \(text) of \(first.text) and \(second.text)")
    return Self.elementwise([self, first, second], to: first.type) { arrays in
      "stablehlo.select \(arrays[0].name), \(arrays[1].name), \(arrays[2].name) : \(arrays[0].typeText), \(arrays[1].typeText)"
    }
  }

  package func converted(to type: ElementType) -> Value { type == self.type ? self : unary("convert", to: type) }
}
