/// The fields of a message in the format of protocol buffers.
struct ProtocolFields {
  private var numbersOfField: [Int: [Int]] = [:]
  private var bytesOfField: [Int: [ArraySlice<UInt8>]] = [:]

  init(_ bytes: ArraySlice<UInt8>) throws(PluginError) {
    var rest = bytes
    while !rest.isEmpty {
      let key = try Self.number(&rest)
      let field = key >> 3
      switch key & 7 {
      case 0: numbersOfField[field, default: []].append(try Self.number(&rest))
      case 1: try Self.drop(8, &rest)
      case 2:
        let count = try Self.number(&rest)
        let start = rest
        try Self.drop(count, &rest)
        bytesOfField[field, default: []].append(start.prefix(count))
      case 5: try Self.drop(4, &rest)
      default: throw PluginError("a message of the plugin has a field of an unknown kind")
      }
    }
  }

  /// The field's messages or texts, in their order.
  func messages(_ field: Int) -> [ArraySlice<UInt8>] { bytesOfField[field] ?? [] }

  /// The field's message or text; empty if it has none.
  func first(_ field: Int) -> ArraySlice<UInt8> { messages(field).first ?? [] }

  /// The field's whole numbers, packed or one by one.
  func numbers(_ field: Int) -> [Int] {
    if let numbers = numbersOfField[field] { return numbers }
    var numbers: [Int] = []
    for var bytes in messages(field) {
      // At the end nothing is asked for: errors are slow.
      while !bytes.isEmpty, let number = try? Self.number(&bytes) { numbers.append(number) }
    }
    return numbers
  }

  private static func drop(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws(PluginError) {
    guard count >= 0, count <= rest.count else { throw PluginError("a message of the plugin ends in a field") }
    rest = rest.dropFirst(count)
  }

  /// Seven bits a byte, the lowest first.
  private static func number(_ rest: inout ArraySlice<UInt8>) throws(PluginError) -> Int {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while let byte = rest.popFirst() {
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(truncatingIfNeeded: number) }
      shift += 7
    }
    throw PluginError("a message of the plugin ends in a number")
  }
}
