import RunSupport

/// Reads the Python dictionary in the header of an `.npy` file; only the three keys of the format, in any order.
struct NumPyHeaderParser {
  private let text: [UInt8]
  private let path: String
  private var position = 0

  init(text: [UInt8], path: String) {
    self.text = text
    self.path = path
  }

  /// - Throws: `StageError` (`badData`) for anything that is not such a dictionary, or describes an unsupported array.
  mutating func parse() throws -> (NumPyArray.ElementType, shape: [Int]) {
    var elementType: NumPyArray.ElementType?
    var rowMajor: Bool?
    var shape: [Int]?
    try expect("{")
    while !accept("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where elementType == nil: elementType = try self.elementType()
      case "fortran_order" where rowMajor == nil: rowMajor = try !boolean()
      case "shape" where shape == nil: shape = try tuple()
      default: throw failure("unexpected key '\(key)'")
      }
      if !accept(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else { throw failure("text after the dictionary") }
    guard let elementType, let rowMajor, let shape else { throw failure("'descr', 'fortran_order' or 'shape' is missing") }
    guard rowMajor else { throw failure("column-major (Fortran) order is not supported") }
    return (elementType, shape)
  }

  private mutating func elementType() throws -> NumPyArray.ElementType {
    skipSpace()
    guard peek != UInt8(ascii: "[") else { throw failure("records with fields are not supported") }
    let description = try string()
    guard let type = NumPyArray.ElementType(rawValue: description) else {
      let known = NumPyArray.ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure("element type '\(description)' is not supported, only \(known)")
    }
    return type
  }

  private mutating func boolean() throws -> Bool {
    if accept("True") { return true }
    try expect("False")
    return false
  }

  private mutating func tuple() throws -> [Int] {
    var sizes: [Int] = []
    try expect("(")
    while !accept(")") {
      sizes.append(try integer())
      if !accept(",") {
        guard sizes.count > 1 else { throw failure("'(\(sizes[0]))' is no tuple, '(\(sizes[0]),)' is") }
        try expect(")")
        break
      }
    }
    return sizes
  }

  private mutating func integer() throws -> Int {
    skipSpace()
    let start = position
    while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    guard let value = Int(String(decoding: text[start..<position], as: UTF8.self)) else {
      throw failure("a size is not a number from 0 to \(Int.max)")
    }
    return value
  }

  private mutating func string() throws -> String {
    skipSpace()
    guard let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw failure("a string is missing") }
    guard let end = text[(position + 1)...].firstIndex(of: quote) else { throw failure("a string has no end") }
    defer { position = end + 1 }
    return String(decoding: text[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func accept(_ token: String) -> Bool {
    skipSpace()
    guard text[position...].starts(with: token.utf8) else { return false }
    position += token.utf8.count
    return true
  }

  private mutating func expect(_ token: String) throws {
    guard accept(token) else { throw failure("'\(token)' is missing at byte \(position)") }
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") { position += 1 }
  }

  private var peek: UInt8? { position < text.count ? text[position] : nil }

  private func failure(_ why: String) -> StageError { NumPyFile.damaged(path, "its header is not understood: \(why)") }
}
