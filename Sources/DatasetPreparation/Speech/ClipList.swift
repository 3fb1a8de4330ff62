import RunSupport

/// `validation_list.txt` or `testing_list.txt`: a clip on each line.
package enum ClipList {
  /// The complete lists have 0.3 MB.
  static let sizeLimit = 1 << 24

  /// - Parameter name: what errors call the file.
  /// - Throws: `StageError` (`badData`) for an empty list, a line that names no clip of the 35 words, or a clip that is named twice.
  package static func parse(_ bytes: [UInt8], name: String, advice: String) throws -> Set<SpeechCommands.Clip> {
    var clips: Set<SpeechCommands.Clip> = []
    func read(_ number: Int, _ line: UnsafeRawBufferPointer) throws {
      func failure(_ why: String) -> StageError {
        StageError(.badData, "cannot read the list \(name)", where: "\(name), line \(number)", why: why, fix: advice)
      }
      guard let text = String(validating: line, as: UTF8.self), let clip = SpeechCommands.Clip(path: text) else {
        throw failure("\"\(String(decoding: line.prefix(60), as: UTF8.self))\" is no clip such as bed/0c40e715_nohash_0.wav")
      }
      guard clips.insert(clip).inserted else { throw failure("\(text) is named twice") }
    }
    try bytes.withUnsafeBytes { try LineSplitter.forEachLine(of: $0, read) }
    guard !clips.isEmpty else {
      throw StageError(.badData, "the list \(name) is empty", where: name, why: "it names no clip", fix: advice)
    }
    return clips
  }
}
