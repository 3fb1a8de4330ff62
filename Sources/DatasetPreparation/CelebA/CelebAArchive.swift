import Datasets

/// The zip archive of pictures together with the partition list: which pictures there are, and their bytes in the archive's order.
struct CelebAArchive {
  struct NamedFile: Sendable {
    let name: String
    let split: Split
    let bytes: [UInt8]
  }

  /// The largest file that can be a picture of the set; theirs have about 10,000 bytes.
  private static let fileLimit = 1 << 24

  private let file: RawFolder.File
  private let partition: PartitionList
  /// At most so many pictures of each split, the first in the archive.
  private let limit: Int

  init(file: RawFolder.File, partition: PartitionList, limit: Int?) {
    (self.file, self.partition, self.limit) = (file, partition, limit ?? .max)
  }

  /// What will be read: splits in the archive's order, and how many pictures the partition list does not name.
  ///
  /// - Throws: `StageError` (`badData`) if the archive is damaged or holds no picture.
  func contents() throws -> (splits: [Split], strangerCount: Int) {
    var splits: [Split] = []
    var strangerCount = 0
    try forEachChosen { member, split in
      if let split { splits.append(split) } else if member.name.hasSuffix(".jpg") { strangerCount += 1 }
    }
    guard !splits.isEmpty else { throw file.bad("no pictures in \(file.path)", "no member has a name of the partition list") }
    return (splits, strangerCount)
  }

  /// Passes the pictures on in groups, so that several threads can work on a group.
  func forEachGroup(of size: Int, _ body: ([NamedFile]) throws -> Void) throws {
    var group: [NamedFile] = []
    try forEachChosen { member, split in
      guard let split else { return }
      group.append(NamedFile(name: member.name, split: split, bytes: try member.bytes(atMost: Self.fileLimit)))
      if group.count == size {
        try body(group)
        group.removeAll()
      }
    }
    if !group.isEmpty { try body(group) }
  }

  /// Calls `body` with each member and its split, nil for what is no picture of the list; ends when every split has as many as allowed.
  private func forEachChosen(_ body: (ArchiveReader.Member, Split?) throws -> Void) throws {
    var counts: [Split: Int] = [:]
    var seen: Set<String> = []
    let wanted = Split.allCases.filter { partition.count(of: $0) > 0 }
    try ArchiveReader(path: file.path, advice: file.advice).forEachMember { member in
      let name = member.name.split(separator: "/").last.map(String.init) ?? ""
      guard let split = partition.splits[name] else {
        try body(member, nil)
        return true
      }
      guard seen.insert(name).inserted else {
        throw file.bad("\(name) occurs twice in \(file.path)", at: member.name, "names must differ")
      }
      if counts[split, default: 0] < limit {
        try body(member, split)
        counts[split, default: 0] += 1
      }
      return !wanted.allSatisfy { counts[$0, default: 0] >= limit }
    }
  }
}
