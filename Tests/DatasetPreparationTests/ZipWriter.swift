import Foundation

/// Makes small zip archives without compression.
enum ZipWriter {
  static func archive(_ members: [(name: String, content: Data)]) -> Data {
    var archive = Data()
    var directory = Data()
    for member in members {
      let start = archive.count
      let common = header(member)
      archive += number(0x0403_4B50, 4) + number(20, 2) + common + Data(member.name.utf8) + member.content
      // Made by Unix: an ordinary file that everybody may read.
      directory += number(0x0201_4B50, 4) + number(0x031E, 2) + number(20, 2) + common + number(0, 6)
      directory += number(0o100644 << 16, 4) + number(start, 4) + Data(member.name.utf8)
    }
    let end = number(0x0605_4B50, 4) + number(0, 4) + number(members.count, 2) + number(members.count, 2)
    return archive + directory + end + number(directory.count, 4) + number(archive.count, 4) + number(0, 2)
  }

  /// Flags, method, time, date, checksum, sizes, lengths of name and extra field.
  private static func header(_ member: (name: String, content: Data)) -> Data {
    let checksum = Int(CyclicRedundancy.checksum([UInt8](member.content)))
    let sizes = number(checksum, 4) + number(member.content.count, 4) + number(member.content.count, 4)
    return number(0, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) + sizes + number(member.name.utf8.count, 2) + number(0, 2)
  }

  private static func number(_ value: Int, _ size: Int) -> Data { Data((0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }) }
}
