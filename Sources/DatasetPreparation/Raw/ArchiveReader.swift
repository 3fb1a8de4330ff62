import CArchive
import Foundation
import RunSupport

/// Streams the members of a tar or zip archive, compressed or not.
///
/// Nothing is ever unpacked to the disk. Links, devices and members whose names lead out of the archive are passed over.
package struct ArchiveReader {
  /// AE_IFREG, a macro that Swift cannot import.
  private static let ordinaryFile: UInt32 = 0o100000

  private let path: String
  /// The remedy if the archive is damaged.
  private let advice: String
  private let limits: ArchiveLimits

  package init(path: String, advice: String, limits: ArchiveLimits = ArchiveLimits()) {
    self.path = path
    self.advice = advice
    self.limits = limits
  }

  /// A member while the archive is open at it.
  package struct Member {
    package let name: String
    fileprivate let archive: OpaquePointer
    fileprivate let reader: ArchiveReader

    /// Calls `body` with the content, piece by piece.
    ///
    /// - Throws: `StageError` (`badData`) if the archive ends early, is damaged or too large.
    package func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
      defer { buffer.deallocate() }
      while true {
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw reader.damaged(archive, in: name) }
        if count == 0 { return }
        try reader.checkTotal(archive, at: name)
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }

    /// The whole content.
    ///
    /// - Parameter limit: most bytes that make sense; nil for the reader's own limit.
    /// - Throws: `StageError` (`badData`) as above, and if there are more.
    package func bytes(atMost limit: Int? = nil) throws -> [UInt8] {
      let limit = limit ?? reader.limits.memberBytes
      var all: [UInt8] = []
      try forEachPiece { piece in
        guard piece.count <= limit - all.count else {
          throw reader.refusal("\(name) is too large", at: name, "it has more than \(limit) bytes, which no file of this kind has")
        }
        all.append(contentsOf: piece)
      }
      return all
    }
  }

  /// Calls `body` for each ordinary file in the archive's order until it returns false; content that it leaves unread is skipped.
  ///
  /// - Throws: `StageError`: `inputOutput` if the archive cannot be opened, `badData` if it is damaged, ends early or breaks a limit.
  package func forEachMember(_ body: (Member) throws -> Bool) throws {
    try opened { archive in
      archive_read_support_format_all(archive)
    } forEach: { archive in
      var count = 0
      while let entry = try nextEntry(archive) {
        count += 1
        guard count <= limits.entryCount else {
          throw refusal("the archive \(path) has too many members", at: path, "more than \(limits.entryCount) are not read")
        }
        guard let name = Self.usableName(of: entry) else { continue }
        let member = Member(name: name, archive: archive, reader: self)
        let declared = archive_entry_size_is_set(entry) == 0 ? 0 : Int(archive_entry_size(entry))
        guard declared <= limits.totalBytes else {
          throw refusal(
            "\(name) is too large", at: name, "it declares \(declared) bytes, at most \(limits.totalBytes) are read of an archive")
        }
        guard try body(member) else { return }
        try checkTotal(archive, at: name)
      }
    }
  }

  /// The content of a single compressed file that is no archive, such as `.gz`.
  ///
  /// - Throws: `StageError` as above; `badData` also if there are more than `limit` bytes.
  package func singleFile(atMost limit: Int) throws -> [UInt8] {
    var content: [UInt8] = []
    try opened { archive in
      archive_read_support_format_raw(archive)
      archive_read_support_format_empty(archive)
    } forEach: { archive in
      guard try nextEntry(archive) != nil else { return }
      content = try Member(name: (path as NSString).lastPathComponent, archive: archive, reader: self).bytes(atMost: limit)
    }
    return content
  }

  private func opened(_ support: (OpaquePointer) -> Void, forEach body: (OpaquePointer) throws -> Void) throws {
    guard let archive = archive_read_new() else { throw AtomicFile.failure("open an archive", path) }
    defer { archive_read_free(archive) }
    archive_read_support_filter_all(archive)
    support(archive)
    guard archive_read_open_filename(archive, path, 1 << 18) == ARCHIVE_OK else { throw damaged(archive, in: "its beginning") }
    try body(archive)
  }

  /// The next member of any kind; nil at the end.
  private func nextEntry(_ archive: OpaquePointer) throws -> OpaquePointer? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damaged(archive, in: "a member's header") }
    return entry
  }

  /// The name of an ordinary file inside the archive; nil for links, devices, and names that are absolute, climb or cannot be read.
  private static func usableName(of entry: OpaquePointer) -> String? {
    guard archive_entry_filetype(entry) == ordinaryFile, archive_entry_hardlink(entry) == nil,
      let bytes = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry), let name = String(validatingCString: bytes)
    else { return nil }
    let climbs = name.split(separator: "/").contains("..")
    return name.isEmpty || name.hasPrefix("/") || name.contains("\\") || climbs ? nil : name
  }

  private func checkTotal(_ archive: OpaquePointer, at name: String) throws {
    guard archive_filter_bytes(archive, 0) > limits.totalBytes else { return }
    throw refusal("the archive \(path) is too large", at: name, "its members have more than \(limits.totalBytes) bytes")
  }

  private func refusal(_ what: String, at place: String, _ why: String) -> StageError {
    StageError(.badData, what, where: place == path ? path : "\(path), \(place)", why: why, fix: advice)
  }

  private func damaged(_ archive: OpaquePointer, in place: String) -> StageError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown reason"
    return StageError(
      .badData, "cannot read the archive \(path)", where: "\(path), \(place)", why: "it is truncated or damaged (\(reason))", fix: advice)
  }
}
