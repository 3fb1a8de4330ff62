/// What an archive may cost: hostile ones declare sizes and counts that would fill memory, or decompress for days.
package struct ArchiveLimits: Sendable {
  /// Bytes that one member may take in memory.
  package var memberBytes: Int
  /// Uncompressed bytes of all members together, read or skipped.
  package var totalBytes: Int
  /// Members of any kind.
  package var entryCount: Int

  /// The defaults leave room for all sets here but one: Speech Commands has 4 GB, CelebA 200,000 members.
  package init(memberBytes: Int = 1 << 30, totalBytes: Int = 8 << 30, entryCount: Int = 500_000) {
    self.memberBytes = memberBytes
    self.totalBytes = totalBytes
    self.entryCount = entryCount
  }

  /// For the release of the Long Range Arena: 19 GB in about two million members.
  package static let longRangeArena = ArchiveLimits(totalBytes: 1 << 36, entryCount: 4_000_000)
}
