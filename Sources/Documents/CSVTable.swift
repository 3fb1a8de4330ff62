import RunSupport

/// A CSV file as it is read, with a header line; fields may be quoted and then hold commas, line ends and doubled quotes (RFC 4180).
package struct CSVTable: Sendable {
  package let path: String
  package let header: [String]
  package let rows: [[String]]

  /// - Throws: `StageError`: `missingInput` without the file, `badData` if a quote stays open or a line has too few or too many fields.
  package init(fromFile path: String, fix: String) throws {
    try self.init(text: String(decoding: InputFile.data(path, fix: fix), as: UTF8.self), path: path, fix: fix)
  }

  package init(text: String, path: String, fix: String) throws {
    guard var lines = Self.records(text), !lines.isEmpty else {
      throw StageError(.badData, "\(path) is no CSV table", where: path, why: "it is empty or a quote is not closed", fix: fix)
    }
    self.path = path
    header = lines.removeFirst()
    rows = lines
    if let index = rows.firstIndex(where: { $0.count != header.count }) {
      throw badRow(index, why: "it has \(rows[index].count) fields, the header \(header.count)")
    }
  }

  /// The position of a column, by name.
  package func index(of column: String) throws -> Int {
    if let index = header.firstIndex(of: column) { return index }
    throw StageError(
      .badData, "\(path) has no column \(column)", where: path, why: "its columns are \(header.joined(separator: ", "))",
      fix: "make the file again")
  }

  /// A number, or nil for an empty field.
  package func number(_ field: String, row: Int) throws -> Double? {
    if field.isEmpty { return nil }
    guard let value = Double(field) else { throw badRow(row, why: "`\(field)` is no number") }
    return value
  }

  package func badRow(_ index: Int, why: String) -> StageError {
    StageError(
      .badData, "\(path) has a bad row", where: "\(path), row \(index + 1) below the header", why: why, fix: "correct or remove the row")
  }

  /// All records of a text, or nil if a quote stays open.
  private static func records(_ text: String) -> [[String]]? {
    var records: [[String]] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var inQuotes = false
    let bytes = Array(text.utf8)
    var index = 0
    func finished() -> [String] { fields + [String(decoding: field, as: UTF8.self)] }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\"") where inQuotes && index < bytes.count && bytes[index] == byte:
        field.append(byte)
        index += 1
      case UInt8(ascii: "\""): inQuotes.toggle()
      case _ where inQuotes: field.append(byte)
      case UInt8(ascii: ","):
        fields = finished()
        field = []
      case UInt8(ascii: "\n"):
        records.append(finished())
        fields = []
        field = []
      case UInt8(ascii: "\r"): continue
      default: field.append(byte)
      }
    }
    if !field.isEmpty || !fields.isEmpty { records.append(finished()) }
    return inQuotes ? nil : records
  }
}
