import DatasetPreparation

extension LineTable {
  /// The rows of a text that arrives in pieces.
  mutating func rows(of text: String, pieceSize: Int) throws -> [Row] { try rows(of: Array(text.utf8), pieceSize: pieceSize) }

  mutating func rows(of bytes: [UInt8], pieceSize: Int = 1 << 20) throws -> [Row] {
    var rows: [Row] = []
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      try Array(bytes[start..<min(bytes.count, start + pieceSize)]).withUnsafeBytes { try feed($0) { rows.append($0) } }
    }
    try finish { rows.append($0) }
    return rows
  }
}
