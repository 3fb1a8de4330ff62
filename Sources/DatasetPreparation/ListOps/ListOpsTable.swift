import Foundation
import RunSupport

/// A released file: header `Source<TAB>Target`, then an expression in words and parentheses and its value on each line.
package struct ListOpsTable {
  private let name: String
  private var lines = LineSplitter()
  private var sawHeader = false
  private var examples: [ListOpsExample] = []

  /// - Parameter name: what error messages call the file.
  package init(name: String) { self.name = name }

  /// Reads a whole file.
  ///
  /// - Throws: `StageError`: `missingInput`, or `badData` naming the first line that cannot be read.
  package static func read(file path: String) throws -> [ListOpsExample] {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw StageError(
        .missingInput, "no file \(path)", where: path, why: "it does not exist or may not be read",
        fix: "run `make download-lra TASKS=listops`")
    }
    defer { try? handle.close() }
    var table = ListOpsTable(name: path)
    while let piece = try handle.piece(upTo: 1 << 20, of: path), !piece.isEmpty {
      try piece.withUnsafeBytes { try table.feed($0) }
    }
    return try table.finish()
  }

  /// Takes the next bytes of the file.
  package mutating func feed(_ piece: UnsafeRawBufferPointer) throws {
    var splitter = lines
    lines = LineSplitter()
    try splitter.feed(piece) { try read(line: $1, number: $0) }
    lines = splitter
  }

  /// All examples, after the last piece.
  package mutating func finish() throws -> [ListOpsExample] {
    var splitter = lines
    lines = LineSplitter()
    try splitter.finish { try read(line: $1, number: $0) }
    guard sawHeader else { throw bad(1, "the file is empty") }
    return examples
  }

  private mutating func read(line: UnsafeRawBufferPointer, number: Int) throws {
    if !sawHeader {
      guard line.elementsEqual("Source\tTarget".utf8) else {
        throw bad(number, "the header is \"\(Self.excerpt(line))\", expected is \"Source<TAB>Target\"")
      }
      sawHeader = true
      return
    }
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard fields.count == 2 else { throw bad(number, "\(fields.count) columns, expected are 2") }
    let target = fields[1]
    guard target.count == 1, let digit = target.first, (48...57).contains(digit) else {
      throw bad(number, "the target is \"\(Self.excerpt(target))\", expected is a digit")
    }
    examples.append(ListOpsExample(words: try words(of: fields[0], line: number), target: digit - 48))
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

  private func bad(_ line: Int, _ why: String) -> StageError {
    StageError(
      .badData, "cannot read \(name)", where: "\(name), line \(line)", why: why,
      fix: "delete the file and run `make download-lra TASKS=listops` again, or place a good copy there")
  }
}
