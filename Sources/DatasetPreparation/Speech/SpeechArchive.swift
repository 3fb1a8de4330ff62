import Datasets

/// The Speech Commands archive, read as a stream: clips `<word>/<speaker>_nohash_<n>.wav` and the two lists. Nothing is unpacked.
struct SpeechArchive {
  /// A second of 16-bit samples has 32 KB.
  private static let clipSizeLimit = 1 << 20
  private static let lists: [String: Split] = ["validation_list.txt": .validation, "testing_list.txt": .test]

  let file: RawFolder.File

  /// What an archive said besides its samples.
  struct Content {
    /// In the order of the archive.
    fileprivate(set) var clips: [SpeechCommands.Clip] = []
    fileprivate(set) var splits: [Split: Set<SpeechCommands.Clip>] = [:]
    /// Clips with fewer than 16,000 samples.
    fileprivate(set) var shortCount = 0

    /// Clips that a list names and the archive does not hold.
    var absentCount: Int {
      let present = Set(clips)
      return splits.values.reduce(0) { $0 + $1.count { !present.contains($0) } }
    }

    func split(of clip: SpeechCommands.Clip) -> Split {
      splits.first { $0.value.contains(clip) }?.key ?? .train
    }
  }

  /// Calls `body` with the samples of each clip, in the order of the archive, at most 16,000 of them.
  ///
  /// - Throws: `StageError` (`badData`) for a damaged archive, a sound that is not 16-bit mono at 16 kHz, a clip or list that occurs twice,
  ///   a bad or missing list, or a clip on both; and what `body` throws.
  func read(_ body: ([Int16]) throws -> Void) throws -> Content {
    var content = Content()
    var seen: Set<SpeechCommands.Clip> = []
    try ArchiveReader(path: file.path, advice: file.advice).forEachMember { member in
      if let clip = SpeechCommands.Clip(path: member.name) {
        guard seen.insert(clip).inserted else {
          throw file.bad("\(clip.path) occurs twice in \(file.path)", "names are unique in the release")
        }
        let samples = try WaveFile.decode(
          member.bytes(atMost: Self.clipSizeLimit), sampleRate: SpeechCommands.sampleRate, atMost: SpeechCommands.length,
          name: "\(file.path), \(member.name)", advice: file.advice)
        content.clips.append(clip)
        content.shortCount += samples.count < SpeechCommands.length ? 1 : 0
        try body(samples)
      } else if let split = Self.list(member.name) {
        guard content.splits[split] == nil else { throw file.bad("two lists \(member.name) in \(file.path)", "the release has one") }
        let bytes = try member.bytes(atMost: ClipList.sizeLimit)
        content.splits[split] = try ClipList.parse(bytes, name: "\(file.path), \(member.name)", advice: file.advice)
      }
      return true
    }
    try check(content)
    return content
  }

  private func check(_ content: Content) throws {
    for (name, split) in Self.lists.sorted(by: { $0.key < $1.key }) where content.splits[split] == nil {
      throw file.bad("no \(name) in \(file.path)", "the archive holds no file of that name")
    }
    guard !content.clips.isEmpty else { throw file.bad("no clips in \(file.path)", "the archive holds no sound of the 35 words") }
    if let clip = content.splits[.validation]?.intersection(content.splits[.test] ?? []).first {
      throw file.bad("\(clip.path) is on both lists of \(file.path)", "a clip validates or tests, never both")
    }
  }

  private static func list(_ name: String) -> Split? {
    let parts = name.split(separator: "/").drop { $0 == "." }
    return parts.count == 1 ? parts.first.flatMap { lists[String($0)] } : nil
  }
}
