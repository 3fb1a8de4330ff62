/// What an archive may cost: hostile ones declare sizes and counts that would fill memory, or decompress for days.
package struct ArchiveLimits: Sendable {
  /// Bytes that one member may take in memory.
  package var memberBytes: Int
  /// Uncompressed bytes of all members together, read or skipped.
  package var totalBytes: Int
  /// Members of any kind.
  package var entryCount: Int

  /// The defaults leave room for the largest set here, the Long Range Arena's: 19 GB in about two million members.
  package init(memberBytes: Int = 1 << 30, totalBytes: Int = 1 << 36, entryCount: Int = 4_000_000) {
    self.memberBytes = memberBytes
    self.totalBytes = totalBytes
    self.entryCount = entryCount
  }
}
