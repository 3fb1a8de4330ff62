/// The JSON header of a safetensors file.
struct SafetensorsHeader: Decodable {
  struct Entry: Decodable {
    let typeName: String
    let shape: [Int]
    let offsets: [Int]

    private enum CodingKeys: String, CodingKey {
      case typeName = "dtype"
      case shape
      case offsets = "data_offsets"
    }

    var elementType: SafetensorsTensor.ElementType? { .init(rawValue: typeName) }

    /// Bytes of this tensor, counted from the end of the header; only after `validate`.
    var range: Range<Int> { offsets[0]..<offsets[1] }
  }

  /// A reason why a header cannot be trusted.
  struct Problem: Error {
    let text: String
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var metadata: [String: String] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }

  /// Checks every type, shape and range against the number of bytes that follow the header.
  ///
  /// - Throws: `Problem`.
  func validate(byteCount: Int) throws {
    for (name, entry) in entries { try Self.validate(name, entry) }
    var end = 0
    for (name, entry) in entries.sorted(by: { ($0.value.offsets[0], $0.value.offsets[1]) < ($1.value.offsets[0], $1.value.offsets[1]) }) {
      guard entry.offsets[0] == end else {
        throw Problem(text: "tensor \(name) starts at byte \(entry.offsets[0]) of the values, but the one before it ends at \(end)")
      }
      end = entry.offsets[1]
    }
    guard end == byteCount else { throw Problem(text: "its tensors need \(end) bytes, but \(byteCount) follow the header") }
  }

  private static func validate(_ name: String, _ entry: Entry) throws {
    guard let elementType = entry.elementType else {
      let known = SafetensorsTensor.ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(text: "tensor \(name) has type \(entry.typeName), supported are \(known)")
    }
    guard entry.offsets.count == 2, entry.offsets[0] >= 0, entry.offsets[0] <= entry.offsets[1] else {
      throw Problem(text: "tensor \(name) has the impossible byte range \(entry.offsets)")
    }
    var byteCount = elementType.byteCount
    for size in entry.shape {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { throw Problem(text: "tensor \(name) has the impossible shape \(entry.shape)") }
      byteCount = product
    }
    guard entry.offsets[1] - entry.offsets[0] == byteCount else {
      throw Problem(
        text: "tensor \(name) of shape \(entry.shape) needs \(byteCount) bytes, but its range has \(entry.offsets[1] - entry.offsets[0])")
    }
  }
}
