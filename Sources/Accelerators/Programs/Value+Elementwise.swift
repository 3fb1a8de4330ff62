/// Operations of numbers in equal places.
extension Value {
  /// - Parameter line: the operation from the arrays that hold the operands, all arranged alike.
  static func elementwise(_ operands: [Value], to type: ElementType, _ line: ([NamedArray]) -> String) -> Value {
    precondition(
      operands.allSatisfy { $0.shape == operands[0].shape }, "Value: an operation of \(operands.map(\.text).joined(separator: ", "))")
    // What is repeated is computed once.
    if let axes = commonAxes(operands) {
      let sources = operands.map { $0.source(along: axes) }
      return elementwise(sources, to: type, line).broadcast(to: operands[0].shape, axes: axes)
    }
    let places = places(for: operands)
    let arrays = operands.map { $0.array(places) }
    return Value(arrays[0].program.emit(line(arrays), arrays[0].shape, type), places: places)
  }

  /// The axes along which operands differ, if all are repeated and single numbers or along these; else nil.
  private static func commonAxes(_ operands: [Value]) -> [Int]? {
    var axes: [Int] = []
    for operand in operands {
      guard case .spread(_, let own) = operand.form else { return nil }
      if own.isEmpty || own == axes { continue }
      if !axes.isEmpty { return nil }
      axes = own
    }
    return axes
  }

  /// What is repeated, as far as it varies along axes.
  private func source(along axes: [Int]) -> Value {
    guard case .spread(let source, let own) = form else { return self }
    return own == axes ? source : source.broadcast(to: axes.map { shape[$0] }, axes: [])
  }

  /// An operation of one operand.
  ///
  /// - Parameter type: of the result; nil for the operand's.
  func unary(_ operation: String, to type: ElementType? = nil) -> Value {
    Self.elementwise([self], to: type ?? self.type) { arrays in
      let result = NamedArray.type(arrays[0].shape, type ?? self.type)
      return "stablehlo.\(operation) \(arrays[0].name) : (\(arrays[0].typeText)) -> \(result)"
    }
  }

  /// An operation of two operands of one type.
  ///
  /// - Parameter type: of the result; nil for the operands'.
  func binary(_ operation: String, _ other: Value, to type: ElementType? = nil) -> Value {
    precondition(self.type == other.type, "Value: \(operation) of \(text) and \(other.text)")
    return Self.elementwise([self, other], to: type ?? self.type) { arrays in
      let result = NamedArray.type(arrays[0].shape, type ?? self.type)
      return "stablehlo.\(operation) \(arrays[0].name), \(arrays[1].name) : (\(arrays[0].typeText), \(arrays[1].typeText)) -> \(result)"
    }
  }

  /// The same value, of which a compiler computes anew what it has computed of this one: where that moves less than to keep it.
  package var again: Value {
    Self.elementwise([self], to: type) { "stablehlo.optimization_barrier \($0[0].name) : \($0[0].typeText)" }
  }
}
