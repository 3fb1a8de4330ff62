/// A released file: header `Source<TAB>Target`, then an expression in words and parentheses and its value on each line.
package struct ListOpsTable: LineTable {
  package let name: String
  package let advice: String
  package var lines = LineSplitter()
  private var sawHeader = false

  package init(name: String, advice: String) { (self.name, self.advice) = (name, advice) }

  package var lack: String? { sawHeader ? nil : "the file is empty" }

  package mutating func row(_ line: UnsafeRawBufferPointer, number: Int) throws -> ListOpsExample? {
    if !sawHeader {
      guard line.elementsEqual("Source\tTarget".utf8) else {
        throw bad(number, "the header is \"\(Self.excerpt(line))\", expected is \"Source<TAB>Target\"")
      }
      sawHeader = true
      return nil
    }
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard fields.count == 2 else { throw bad(number, "\(fields.count) columns, expected are 2") }
    let target = fields[1]
    guard target.count == 1, let digit = target.first, (48...57).contains(digit) else {
      throw bad(number, "the target is \"\(Self.excerpt(target))\", expected is a digit")
    }
    return ListOpsExample(words: try words(of: fields[0], line: number), target: digit - 48)
  }

  private func words(of source: Slice<UnsafeRawBufferPointer>, line: Int) throws -> [UInt8] {
    var words: [UInt8] = []
    words.reserveCapacity(source.count / 4)
    for word in source.split(separator: UInt8(ascii: " ")) {
      if word.count == 1, word.first == UInt8(ascii: "(") || word.first == UInt8(ascii: ")") { continue }
      guard let code = Self.code(of: word) else { throw bad(line, "unknown word \"\(Self.excerpt(word))\"") }
      words.append(code)
    }
    guard !words.isEmpty else { throw bad(line, "the expression is empty") }
    return words
  }

  private static func code(of word: Slice<UnsafeRawBufferPointer>) -> UInt8? {
    if word.count == 1, let byte = word.first {
      return byte == UInt8(ascii: "]") ? ListOpsWord.close : (48...57).contains(byte) ? byte - 48 : nil
    }
    return operators.first { word.elementsEqual($0.text.utf8) }?.code
  }

  private static let operators = (ListOpsWord.minimum..<ListOpsWord.close).map { (code: $0, text: ListOpsWord.texts[Int($0)]) }

  private static func excerpt(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.prefix(60), as: UTF8.self) + (bytes.count > 60 ? "…" : "")
  }
}
