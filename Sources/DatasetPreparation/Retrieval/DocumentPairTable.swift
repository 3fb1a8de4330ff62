/// Two documents and whether one cites the other.
package struct DocumentPair: Sendable, Equatable {
  package var first: String
  package var second: String
  /// 0 or 1.
  package var label: Int32

  package init(first: String, second: String, label: Int32) {
    self.first = first
    self.second = second
    self.label = label
  }
}

/// A file of the Retrieval task: no header; label, two identifiers and two texts on each line, separated by tabs.
///
/// Quotation marks are ordinary characters: the released texts begin with `b'` or `b"`, which their readers keep.
package struct DocumentPairTable: LineTable {
  package let name: String
  package let advice: String
  package var lines = LineSplitter()
  private var count = 0

  package init(name: String, advice: String) { (self.name, self.advice) = (name, advice) }

  package var lack: String? { count == 0 ? "the file is empty" : nil }

  package mutating func row(_ line: UnsafeRawBufferPointer, number: Int) throws -> DocumentPair? {
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard fields.count == 5 else { throw bad(number, "\(fields.count) columns, expected are 5: label, two identifiers, two texts") }
    guard let label = Self.labels.first(where: { fields[0].elementsEqual($0.text.utf8) })?.label else {
      throw bad(number, "the label is \"\(String(decoding: fields[0].prefix(20), as: UTF8.self))\", expected is 0 or 1")
    }
    guard let first = String(validating: fields[3], as: UTF8.self), let second = String(validating: fields[4], as: UTF8.self) else {
      throw bad(number, "a text is not UTF-8")
    }
    count += 1
    return DocumentPair(first: first, second: second, label: label)
  }

  /// Labels by their texts: whole numbers, or the floating-point numbers of the release.
  private static let labels: [(text: String, label: Int32)] = [("0", 0), ("1", 1), ("0.0", 0), ("1.0", 1)]
}
