import RunSupport

/// One of the release's files `metadata/<batch>.npy`. Despite the name it is plain text: a line per picture, fields separated by blanks;
/// folder, file name, index, label, then what the generator drew.
package enum PathfinderMetadata {
  package struct Entry: Sendable, Equatable {
    /// Below the folder of the difficulty: `imgs/0/sample_17.png`.
    package let path: String
    /// 1 if both discs lie on the same contour.
    package let label: Int
  }

  private static let numPySignature = [0x93] + Array("NUMPY".utf8)
  /// A line of the release has about 60 bytes.
  private static let longestLine = 1000

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what errors call it.
  ///   - advice: the remedy of every failure.
  /// - Throws: `StageError` (`badData`) naming the first line that cannot be read, or saying that the file is a true NPY file.
  package static func parse(_ bytes: [UInt8], name: String, advice: String) throws -> [Entry] {
    func failure(_ place: String, _ why: String) -> StageError {
      StageError(.badData, "cannot read the Pathfinder metadata \(name)", where: place, why: why, fix: advice)
    }
    if bytes.starts(with: numPySignature) {
      throw failure(name, "it is a true NPY file, but Long Range Arena's metadata is text despite its name: these are other contours")
    }
    var entries: [Entry] = []
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let place = "\(name), line \(index + 1)"
      guard line.count <= longestLine else { throw failure(place, "it has \(line.count) bytes, no line has more than \(longestLine)") }
      let fields = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
      if fields.isEmpty { continue }
      guard fields.count >= 4 else { throw failure(place, "it has \(fields.count) fields, at least 4 are needed") }
      let texts = fields.prefix(4).map { String(decoding: $0, as: UTF8.self) }
      guard texts[3] == "0" || texts[3] == "1" else { throw failure(place, "the label is \"\(texts[3])\", expected is 0 or 1") }
      let path = texts[0] + "/" + texts[1]
      guard isRelative(path), path.hasSuffix(".png") else { throw failure(place, "\"\(path)\" is no picture below the same folder") }
      entries.append(Entry(path: path, label: texts[3] == "1" ? 1 : 0))
    }
    guard !entries.isEmpty else { throw failure(name, "it is empty") }
    return entries
  }

  private static func isRelative(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
