import CZlib
import Foundation
import RunSupport

/// Whether a file came whole, as far as its kind can tell: asked before the hash of a first download is recorded, which later ones must have.
///
/// Gzip streams are read to their checksum and length, tar and zip archives to the end of every member. Text says nothing of its end.
struct ArchiveIntegrity {
  /// What the file is called in `data/sources.yaml`.
  let name: String
  let path: String
  /// The remedy of every failure.
  let advice: String

  private static let archiveEndings = ["gz", "tgz", "tar", "zip"]
  private static let gzipMark: [UInt8] = [0x1F, 0x8B]
  private static let zipMark: [UInt8] = [0x50, 0x4B, 3, 4]
  private static let tarMark = (offset: 257, bytes: Array("ustar".utf8))

  /// Whether there is anything to test.
  var isArchive: Bool { Self.archiveEndings.contains((name as NSString).pathExtension.lowercased()) }

  /// - Throws: `StageError`: `badData` for an archive that is cut or damaged, or a file whose kind is not that of its name; `inputOutput`.
  func check() throws {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw AtomicFile.failure("read a file", path) }
    defer { try? handle.close() }
    let start = [UInt8](try handle.piece(upTo: 512, of: path) ?? Data())
    let isGzip = start.starts(with: Self.gzipMark)
    let isOther = start.starts(with: Self.zipMark) || start.dropFirst(Self.tarMark.offset).starts(with: Self.tarMark.bytes)
    guard isArchive else {
      if isGzip || isOther { throw failure("it is \(isGzip ? "compressed" : "an archive"), although its name says otherwise") }
      return
    }
    if isGzip { return try checkGzip(start, handle) }
    try ArchiveReader(path: path, advice: advice, limits: .longRangeArena).forEachMember { member in
      try member.forEachPiece { _ in }
      return true
    }
  }

  /// Inflates one or more gzip streams, and looks for what is behind them.
  private func checkGzip(_ start: [UInt8], _ handle: FileHandle) throws {
    var stream = z_stream()
    guard ssm_inflate_gzip(&stream) == Z_OK else { throw failure("zlib cannot start") }
    defer { inflateEnd(&stream) }
    var content = [UInt8](repeating: 0, count: 1 << 18)
    var (status, place) = (Z_OK, 0)
    var piece = Data(start)
    while !piece.isEmpty {
      try piece.withUnsafeBytes { bytes in
        stream.next_in = UnsafeMutablePointer(mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(bytes.count)
        repeat {
          if status == Z_STREAM_END {
            guard stream.next_in.pointee == Self.gzipMark[0] else {
              throw failure("something else follows its end at byte \(place + bytes.count - Int(stream.avail_in))")
            }
            inflateReset(&stream)
          }
          status = content.withUnsafeMutableBufferPointer { target in
            (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
            return inflate(&stream, Z_NO_FLUSH)
          }
          // Z_BUF_ERROR: it wants more bytes than this piece has.
          guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else {
            let reason = stream.msg.map { String(cString: $0) } ?? "error \(status) of zlib"
            throw failure("it is damaged before byte \(place + bytes.count - Int(stream.avail_in)) (\(reason))")
          }
        } while stream.avail_in > 0 || stream.avail_out == 0 && status == Z_OK
        place += bytes.count
      }
      piece = try handle.piece(upTo: 1 << 20, of: path) ?? Data()
    }
    guard status == Z_STREAM_END else { throw failure("it ends early, after \(place) bytes") }
  }

  private func failure(_ why: String) -> StageError {
    StageError(.badData, "\(name) is not whole", where: path, why: why, fix: advice)
  }
}
