import CArchive
import Foundation
import RunSupport

/// Streams the members of a tar or zip archive, compressed or not.
package struct ArchiveReader {
  /// AE_IFREG, a macro that Swift cannot import.
  private static let ordinaryFile: UInt32 = 0o100000

  private let path: String
  /// The remedy if the archive is damaged.
  private let advice: String

  package init(path: String, advice: String) {
    self.path = path
    self.advice = advice
  }

  /// A member while the archive is open at it.
  package struct Member {
    package let name: String
    fileprivate let archive: OpaquePointer
    fileprivate let reader: ArchiveReader

    /// Calls `body` with the content, piece by piece.
    ///
    /// - Throws: `StageError` (`badData`) if the archive ends early or is damaged.
    package func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
      defer { buffer.deallocate() }
      while true {
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw reader.damaged(archive, in: name) }
        if count == 0 { return }
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }

    package func bytes() throws -> [UInt8] {
      var all: [UInt8] = []
      try forEachPiece { all.append(contentsOf: $0) }
      return all
    }
  }

  /// Calls `body` for each ordinary file in the archive's order until it returns false; content that it leaves unread is skipped.
  ///
  /// - Throws: `StageError`: `inputOutput` if the archive cannot be opened, `badData` if it is damaged or ends early.
  package func forEachMember(_ body: (Member) throws -> Bool) throws {
    guard let archive = archive_read_new() else { throw AtomicFile.failure("open an archive", path) }
    defer { archive_read_free(archive) }
    archive_read_support_filter_all(archive)
    archive_read_support_format_all(archive)
    guard archive_read_open_filename(archive, path, 1 << 18) == ARCHIVE_OK else { throw damaged(archive, in: "its beginning") }
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry, let name = archive_entry_pathname(entry) else {
        throw damaged(archive, in: "a member's header")
      }
      guard archive_entry_filetype(entry) == Self.ordinaryFile else { continue }
      guard try body(Member(name: String(cString: name), archive: archive, reader: self)) else { return }
    }
  }

  private func damaged(_ archive: OpaquePointer, in place: String) -> StageError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown reason"
    return StageError(
      .badData, "cannot read the archive \(path)", where: "\(path), \(place)", why: "it is truncated or damaged (\(reason))", fix: advice)
  }
}
