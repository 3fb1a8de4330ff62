import Datasets
import RunSupport

/// The generated tones and chirps as prepared data of Speech Commands' shape.
package enum TonePreparation {
  /// Name on the card and of the folder: `tones-generated`, at half the rate `tones-8khz-generated`.
  package static func name(_ variant: SpeechVariant) -> String { variant.samplingRate == 1 ? "tones-generated" : "tones-8khz-generated" }

  /// Records of all classes in turn; the first are train, then validation, then test.
  ///
  /// - Parameter variant: `full` or `half`; both hold the same sounds for the same seed.
  /// - Throws: `StageError`: `badConfiguration` for impossible numbers or a released variant, `inputOutput`.
  @discardableResult
  package static func prepare(
    _ variant: SpeechVariant, counts: [Split: Int], seed: Int, output: String, threadCount: Int
  ) throws -> DatasetCard {
    try GeneratedSplits.validate(counts, seed: seed)
    guard !variant.isPerStep else {
      throw StageError(
        .badConfiguration, "there are no generated sounds of the variant \(variant.rawValue)", where: "--variant",
        why: "statistics at each step belong to the released code for the real clips", fix: "use 16khz or 8khz")
    }
    let generator = ToneGenerator(seed: UInt64(seed))
    let splits = GeneratedSplits.list(counts)
    return try PreparedFolder.make(at: output) { folder in
      var sounds = SpeechFolder(variant)
      try folder.write("values.npy", of: .int16, rowShape: [variant.length, 1]) { writer in
        for first in stride(from: 0, to: splits.count, by: 1024) {
          let records = orderedMap(first..<min(first + 1024, splits.count), threadCount: threadCount, generator.samples)
          for samples in records { try sounds.append(samples, to: writer) }
        }
      }
      var card = SpeechFolder.card(name(variant), variant, classCount: ToneGenerator.classCount)
      card.generator = DatasetCard.Generator(name: "tones and chirps", parameters: GeneratedSplits.parameters(counts, seed: seed))
      card.notes.append("generated sounds, not Speech Commands: class = 3 · direction (steady, rising, falling) + band (low, middle, high)")
      try sounds.finish(
        &folder, labels: splits.indices.map { Int32(generator.label($0)) }, classCount: ToneGenerator.classCount,
        splits: GeneratedSplits.indices(splits), card: &card)
      return card
    }
  }
}
