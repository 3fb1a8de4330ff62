import Datasets

/// Speech Commands v0.02 with all 35 words as prepared data.
package enum SpeechPreparation {
  package static let family = "speech-commands"
  package static let archiveName = "speech_commands_v0.02.tar.gz"
  private static let officialCounts: [Split: Int] = [.train: 84_843, .validation: 9981, .test: 11_005]

  /// - Parameters:
  ///   - raw: the raw folder, with its receipt.
  ///   - output: the prepared folder.
  /// - Throws: `StageError` if the archive is missing, changed or damaged, or the folder cannot be written.
  @discardableResult
  package static func prepare(_ variant: SpeechVariant, raw: String, output: String) throws -> DatasetCard {
    let file = try RawFolder(directory: raw, command: "`make download-speech-commands`").required(archiveName)
    return try PreparedFolder.make(at: output) { folder in
      var sounds = SpeechFolder(variant)
      var content = SpeechArchive.Content()
      try folder.write("values.npy", of: .int16, rowShape: [variant.length, 1]) { writer in
        content = try SpeechArchive(file: file).read { try sounds.append($0, to: writer) }
      }
      let splits = splits(of: content)
      let isComplete = splits.mapValues(\.count) == officialCounts
      var card = SpeechFolder.card(variant.rawValue, variant, classCount: SpeechCommands.words.count)
      card.sources = [file.source]
      card.unofficial = !file.source.official || !isComplete
      card.notes += notes(content, isComplete: isComplete)
      try sounds.finish(
        &folder, labels: content.clips.map { Int32($0.label) }, classCount: SpeechCommands.words.count, splits: splits, card: &card)
      return card
    }
  }

  /// The official lists; all other clips train. Each in random order, since the archive is sorted by word.
  private static func splits(of content: SpeechArchive.Content) -> [Split: [Int32]] {
    var splits: [Split: [Int32]] = [:]
    for (record, clip) in content.clips.enumerated() { splits[content.split(of: clip), default: []].append(Int32(record)) }
    for (lane, split) in Split.allCases.enumerated() { splits[split] = SplitLists.shuffled(splits[split] ?? [], lane: UInt32(lane)) }
    return splits
  }

  private static func notes(_ content: SpeechArchive.Content, isComplete: Bool) -> [String] {
    let subset = isComplete ? [] : ["a subset: \(content.clips.count) of 105,829 clips"]
    let absent = content.absentCount == 0 ? [] : ["\(content.absentCount) clips of the official lists are not in the archive"]
    return subset + absent + [
      "classes: \(SpeechCommands.words.enumerated().map { "\($0.offset) \($0.element)" }.joined(separator: ", "))",
      "validation_list.txt and testing_list.txt of the archive; all other clips train",
      "\(content.shortCount) clips are shorter than 16,000 samples and padded on the right with zeros",
    ]
  }
}
