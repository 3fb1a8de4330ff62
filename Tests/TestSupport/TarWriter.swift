import Foundation

/// Makes small uncompressed tar archives (POSIX ustar).
package enum TarWriter {
  package static func archive(_ members: [(name: String, content: Data)]) -> Data {
    var archive = Data()
    for member in members {
      archive += header(name: member.name, size: member.content.count) + member.content
      archive += Data(count: (512 - member.content.count % 512) % 512)
    }
    return archive + Data(count: 1024)
  }

  /// A header alone: type 0 is a file, 1 a hard link, 2 a symbolic link, 3 and 4 devices, 5 a folder, 6 a pipe. It may declare any size.
  package static func entry(_ name: String, type: Character, link: String = "", size: Int = 0) -> Data {
    var entry = header(name: name, size: size)
    entry[156] = type.asciiValue ?? 0
    entry.replaceSubrange(157..<157 + link.utf8.count, with: Data(link.utf8))
    correctChecksum(of: &entry)
    return entry
  }

  /// Corrects the checksum of the header that the archive begins with.
  package static func correctChecksum(of archive: inout Data) {
    archive.replaceSubrange(148..<156, with: Data("        ".utf8))
    let sum = archive.prefix(512).reduce(0) { $0 + Int($1) }
    archive.replaceSubrange(148..<156, with: Data(String(format: "%06o", sum).utf8) + Data([0, 32]))
  }

  private static func header(name: String, size: Int) -> Data {
    var header = Data(count: 512)
    func put(_ text: String, at offset: Int) { header.replaceSubrange(offset..<offset + text.utf8.count, with: Data(text.utf8)) }
    put(name, at: 0)
    put("0000644\0", at: 100)
    put("0000000\0", at: 108)
    put("0000000\0", at: 116)
    if size < 1 << 33 {
      put(String(format: "%011lo", size), at: 124)
    } else {  // As GNU tar does: a marked binary number, largest byte first.
      header[124] = 0x80
      for place in 0..<8 { header[128 + place] = UInt8(truncatingIfNeeded: size >> (56 - 8 * place)) }
    }
    put("00000000000", at: 136)
    put("        0", at: 148)
    put("ustar\u{0}00", at: 257)
    put(String(format: "%06o", header.reduce(0) { $0 + Int($1) }), at: 148)
    header[154] = 0
    return header
  }
}
