import Foundation

/// Coordinates and colours of gnuplot's drawings in fewer bytes; a tenth of a pixel is kept.
enum SVGNumbers {
  /// A path of absolute moves and lines as relative ones: `M10.02,5.00 L10.51,7.00` is `m10,5 .5,2`. Any other path with rounded numbers.
  static func path(_ value: String) -> String {
    var result = ""
    var last = (x: 0, y: 0)
    var command: Character?
    for word in value.split(whereSeparator: \.isWhitespace) {
      guard let first = word.first, first == "M" || first == "L", let point = point(word.dropFirst()) else { return rounded(value) }
      let wanted: Character = first == "M" ? "m" : "l"
      // What follows a move without a letter is a line.
      let isSame = command == "l" && wanted == "l" || command == "m" && wanted == "l"
      let (x, y) = (text(point.x - last.x), text(point.y - last.y))
      result += (isSame ? (x.hasPrefix("-") ? "" : " ") : String(wanted)) + x + (y.hasPrefix("-") ? "" : ",") + y
      (last, command) = (point, wanted)
    }
    return result
  }

  /// In tenths.
  private static func point(_ word: Substring) -> (x: Int, y: Int)? {
    guard let comma = word.utf8.firstIndex(of: UInt8(ascii: ",")), let x = Double(word[..<comma]),
      let y = Double(word[word.index(after: comma)...]),
      abs(x) < 1e6, abs(y) < 1e6
    else { return nil }
    return (Int((x * 10).rounded()), Int((y * 10).rounded()))
  }

  private static func text(_ tenths: Int) -> String {
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + (whole == 0 && rest != 0 ? "" : "\(whole)") + (rest == 0 ? "" : ".\(rest)")
  }

  /// Coordinates, which gnuplot writes with two digits after the point, with one, and single blanks between words; other numbers stay.
  static func rounded(_ value: String) -> String {
    var (result, number) = ([UInt8](), [UInt8]())
    func finish() {
      let digits = number.firstIndex(of: UInt8(ascii: ".")).map { number.count - $0 - 1 }
      if digits == 2, let parsed = Double(String(decoding: number, as: UTF8.self)), abs(parsed) < 1e6 {
        result += text(Int((parsed * 10).rounded())).utf8
      } else {
        result += number
      }
      number = []
    }
    for byte in value.utf8 {
      if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") && number.isEmpty {
        number.append(byte)
        continue
      }
      finish()
      if byte > UInt8(ascii: " ") {
        result.append(byte)
      } else if let last = result.last, last != UInt8(ascii: " ") {
        result.append(UInt8(ascii: " "))
      }
    }
    finish()
    if result.last == UInt8(ascii: " ") { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  /// `rgb( 54,  94, 139)` as `#365e8b`.
  static func colour(_ value: String) -> String {
    let parts = value.dropFirst(4).dropLast().split(separator: ",").compactMap { UInt8($0.filter { $0 != " " }) }
    return parts.count == 3 ? "#" + parts.map { String(format: "%02x", $0) }.joined() : value
  }
}
