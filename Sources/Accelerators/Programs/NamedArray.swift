/// An array as the text of a program names it: an argument or the result of a line, axes in the order in which its memory runs through them.
struct NamedArray {
  let program: Program
  let name: String
  let shape: [Int]
  let type: ElementType

  var typeText: String { Self.type(shape, type) }

  static func type(_ shape: [Int], _ type: ElementType) -> String {
    "tensor<" + shape.map { "\($0)x" }.joined() + type.rawValue + ">"
  }

  /// The result of an operation of this array alone.
  ///
  /// - Parameter attributes: text behind the operand, with its comma.
  func changed(_ operation: String, _ attributes: String = "", to shape: [Int], _ type: ElementType) -> NamedArray {
    program.emit("stablehlo.\(operation) \(name)\(attributes) : (\(typeText)) -> \(Self.type(shape, type))", shape, type)
  }
}
