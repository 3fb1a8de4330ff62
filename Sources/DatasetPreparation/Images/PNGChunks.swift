/// The chunks of a PNG file, looked at before libpng sees them: it reserves and clears whatever length a chunk of text or a colour profile
/// states, so that a file of 403 bytes took 2 GB.
struct PNGChunks {
  /// Bytes in front of the first chunk.
  private static let signatureLength = 8
  /// Length, kind and checksum of a chunk.
  private static let overhead = 12
  /// Kinds that say nothing of the pixels, but may be packed and then state any length: texts, and profiles, which the simplified
  /// interface does not apply.
  private static let dropped = ["tEXt", "zTXt", "iTXt", "iCCP"]

  /// The file without the chunks that its pixels do not need.
  ///
  /// - Parameter bytes: a file that begins with the signature.
  /// - Throws: `Refusal` of a chunk that is longer than the rest of the file, or of a file without an end.
  static func needed(in bytes: [UInt8]) throws(Refusal) -> [UInt8] {
    var place = signatureLength
    var kept: [UInt8]?
    while place < bytes.count {
      let rest = bytes.count - place - overhead
      guard rest >= 0 else { throw Refusal(why: "it ends early, within the beginning of a chunk") }
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let kind = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      guard length <= rest else { throw Refusal(why: "a chunk states \(length) bytes, the rest of the file has \(rest)") }
      let end = place + length + overhead
      if dropped.contains(kind) {
        kept = kept ?? Array(bytes[..<place])
      } else {
        kept?.append(contentsOf: bytes[place..<end])
      }
      if kind == "IEND" { return kept ?? bytes }
      place = end
    }
    throw Refusal(why: "it ends early, without its last chunk")
  }

  struct Refusal: Error {
    let why: String
  }
}
