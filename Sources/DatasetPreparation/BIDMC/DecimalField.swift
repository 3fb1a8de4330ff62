import Foundation

/// A field of a text table: a finite decimal number, the mark of a missing one, or neither.
enum DecimalField: Equatable {
  case number(Float)
  case missing
  case invalid

  private static let longest = 63

  /// Blanks around the number are allowed; hexadecimal digits, infinities and anything behind the number are not.
  init(_ text: Slice<UnsafeRawBufferPointer>) {
    var field = text.drop { $0 == UInt8(ascii: " ") }
    while field.last == UInt8(ascii: " ") { field.removeLast() }
    if Self.isMissing(field) {
      self = .missing
    } else if field.isEmpty || field.count > Self.longest || !field.allSatisfy(Self.isDecimal) {
      self = .invalid
    } else {
      self = Self.convert(field)
    }
  }

  private static func isMissing(_ field: Slice<UnsafeRawBufferPointer>) -> Bool {
    field.elementsEqual("?".utf8) || (field.count == 3 && field.map { $0 | 32 }.elementsEqual("nan".utf8))
  }

  /// Digits, signs, the point and the exponent's letter.
  private static func isDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private static func convert(_ field: Slice<UnsafeRawBufferPointer>) -> DecimalField {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: longest + 1) { buffer in
      guard let start = buffer.baseAddress else { return .invalid }
      for (place, byte) in field.enumerated() { buffer[place] = CChar(byte) }
      buffer[field.count] = 0
      var end: UnsafeMutablePointer<CChar>?
      let value = strtof(start, &end)
      guard end == start + field.count, value.isFinite else { return .invalid }
      return .number(value)
    }
  }
}
