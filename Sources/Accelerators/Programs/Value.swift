/// An array that a program computes: what an operation of a `Program` gives.
package struct Value {
  package let program: Program
  /// Its name in the program's text.
  let name: String
  /// Sizes from the slowest axis to the fastest; empty for a single number.
  package let shape: [Int]
  package let type: ElementType

  init(_ program: Program, _ name: String, _ shape: [Int], _ type: ElementType) {
    self.program = program
    self.name = name
    self.shape = shape
    self.type = type
  }

  /// The product of `shape`.
  package var count: Int { shape.reduce(1, *) }

  var typeText: String { Self.type(shape, type) }

  static func type(_ shape: [Int], _ type: ElementType) -> String {
    "tensor<" + shape.map { "\($0)x" }.joined() + type.rawValue + ">"
  }

  /// An operation of one operand that keeps shape and type.
  func unary(_ operation: String) -> Value { program.emit("stablehlo.\(operation) \(name) : \(typeText)", shape, type) }

  /// An operation of two operands of one shape and type that keeps both.
  func binary(_ operation: String, _ other: Value) -> Value {
    precondition(
      shape == other.shape && type == other.type, "Value: \(operation) of \(typeText) and \(other.typeText)")
    return program.emit("stablehlo.\(operation) \(name), \(other.name) : \(typeText)", shape, type)
  }

  /// An operation that changes shape or type.
  ///
  /// - Parameter attributes: text behind the operand, with its comma.
  func changing(_ operation: String, _ attributes: String = "", to shape: [Int], _ type: ElementType) -> Value {
    program.emit("stablehlo.\(operation) \(name)\(attributes) : (\(typeText)) -> \(Self.type(shape, type))", shape, type)
  }
}
