/// The 35 words of Speech Commands v0.02.
package enum SpeechCommands {
  package static let sampleRate = 16_000
  /// Samples of a record; shorter clips are padded on the right with zeros.
  package static let length = 16_000

  /// In the order of the S4 reference's loader: the index is the label.
  package static let words = [
    "bed", "cat", "down", "five", "forward", "go", "house", "left", "marvin", "no", "on", "right", "sheila", "tree", "up", "visual",
    "yes", "backward", "bird", "dog", "eight", "follow", "four", "happy", "learn", "nine", "off", "one", "seven", "six", "stop", "three",
    "two", "wow", "zero",
  ]

  /// A clip by its folder and file, as the official lists write it: `bed/0c40e715_nohash_0.wav`.
  package struct Clip: Hashable, Sendable {
    /// Index into `words`.
    package let label: Int
    let file: Substring

    /// Nil if the folder is none of the 35 words or the file is no `.wav`; a leading `./` is passed over.
    package init?(path: some StringProtocol) {
      let parts = path.split(separator: "/").drop { $0 == "." }
      guard parts.count == 2, let word = parts.first, let file = parts.last, file.hasSuffix(".wav"), file.count > 4,
        let label = SpeechCommands.words.firstIndex(of: String(word))
      else { return nil }
      self.label = label
      self.file = Substring(file)
    }

    package var path: String { "\(SpeechCommands.words[label])/\(file)" }
  }
}
