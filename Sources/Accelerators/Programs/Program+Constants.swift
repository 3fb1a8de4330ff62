extension Program {
  /// The same number everywhere.
  package func constant(_ value: Double, _ shape: [Int] = [], _ type: ElementType = .float32) -> Value {
    let number = emitNumber(Self.literal(value, type), type)
    return Value(number).broadcast(to: shape, axes: [])
  }

  /// Given numbers, as float32 or float64.
  ///
  /// - Precondition: `values.count` is the product of `shape`.
  package func constant(_ values: [Double], _ shape: [Int], _ type: ElementType = .float32) -> Value {
    precondition(values.count == shape.reduce(1, *), "Program: \(values.count) numbers for shape \(shape)")
    if let first = values.first, values.allSatisfy({ $0.bitPattern == first.bitPattern }) { return constant(first, shape, type) }
    let bytes: [UInt8] =
      switch type {
      case .float32: values.flatMap { Self.bytes(Float($0).bitPattern) }
      case .float64: values.flatMap { Self.bytes($0.bitPattern) }
      default: preconditionFailure("Program: numbers of type \(type)")
      }
    return given(bytes, shape, type)
  }

  /// Given whole numbers.
  package func constant(_ values: [Int32], _ shape: [Int]) -> Value {
    precondition(values.count == shape.reduce(1, *), "Program: \(values.count) numbers for shape \(shape)")
    let bytes = values.flatMap { Self.bytes(UInt32(bitPattern: $0)) }
    return given(bytes, shape, .int32)
  }

  private func given(_ bytes: [UInt8], _ shape: [Int], _ type: ElementType) -> Value {
    Value(emit("stablehlo.constant dense<\"0x\(bytes.map(Self.hex).joined())\"> : \(NamedArray.type(shape, type))", shape, type))
  }

  /// 0, 1, 2, … along one axis.
  package func positions(_ shape: [Int], axis: Int, _ type: ElementType) -> Value {
    Value(emit("stablehlo.iota dim = 0 : \(NamedArray.type([shape[axis]], type))", [shape[axis]], type)).broadcast(to: shape, axes: [axis])
  }

  /// A number as the parser wants it: a point in every decimal fraction, bits where there is none.
  private static func literal(_ value: Double, _ type: ElementType) -> String {
    switch type {
    case .boolean: return value == 0 ? "false" : "true"
    case .int32, .int64, .uint32, .uint64:
      precondition(value == value.rounded() && abs(value) <= 0x1p53, "Program: \(value) as \(type)")
      return String(Int64(value))
    case .complex64, .complex128:
      let part = type == .complex64 ? ElementType.float32 : .float64
      return "(\(literal(value, part)), \(literal(0, part)))"
    case .float32 where !Float(value).isFinite: return "0x" + String(Float(value).bitPattern, radix: 16, uppercase: true)
    case .float64 where !value.isFinite: return "0x" + String(value.bitPattern, radix: 16, uppercase: true)
    case .float32, .float64:
      let text = "\(value)"
      return text.contains(".") ? text : text.replacing("e", with: ".0e", maxReplacements: 1)
    }
  }

  private static func bytes<Bits: FixedWidthInteger>(_ bits: Bits) -> [UInt8] {
    (0..<Bits.bitWidth / 8).map { UInt8(truncatingIfNeeded: bits >> (8 * Bits($0))) }
  }

  private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
}
