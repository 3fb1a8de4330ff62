import Arrays
import Datasets

/// Writes sounds as a prepared folder: real clips and generated ones alike.
struct SpeechFolder {
  let variant: SpeechVariant
  private(set) var sums: [SampleStatistics.Sums] = []

  init(_ variant: SpeechVariant) { self.variant = variant }

  /// Appends a record to `values.npy`, padded with zeros to 16,000 samples, in the steps of the variant.
  ///
  /// - Precondition: at most 16,000 samples.
  mutating func append(_ samples: [Int16], to writer: NumPyRowWriter) throws {
    precondition(samples.count <= SpeechCommands.length, "SpeechFolder: \(samples.count) samples")
    sums.append(SampleStatistics.Sums(samples))
    let padding = [Int16](repeating: 0, count: SpeechCommands.length - samples.count)
    try writer.append(variant.kept(samples + padding))
  }

  /// Writes labels, lists and statistics behind the values, and completes the card.
  func finish(
    _ folder: inout PreparedFolder, labels: [Int32], classCount: Int, splits: [Split: [Int32]], card: inout DatasetCard
  ) throws {
    let training = splits[.train] ?? []
    if variant.isPerStep {
      let (mean, deviation) = SampleStatistics.perStep(try folder.read("values.npy"), records: training, floor: 1e-5)
      try folder.write(NumPyArray(mean, shape: [mean.count, 1]), as: "step-mean.npy")
      try folder.write(NumPyArray(deviation, shape: [deviation.count, 1]), as: "step-deviation.npy")
      card.normalization = .init(scale: SampleStatistics.scale, mean: [], deviation: [], isPerStep: true)
    } else {
      let (mean, deviation) = SampleStatistics.overall(training.map { sums[Int($0)] }, length: SpeechCommands.length)
      card.normalization = .init(scale: SampleStatistics.scale, mean: [mean], deviation: [deviation])
    }
    card.splits = try folder.write(labels: labels, classCount: classCount, splits: splits)
  }

  /// A card that lacks counts and statistics.
  static func card(_ name: String, _ variant: SpeechVariant, classCount: Int) -> DatasetCard {
    var card = DatasetCard(
      family: SpeechPreparation.family, variant: name, inputKind: .values, sequenceLength: variant.length, classCount: classCount)
    card.samplingRate = variant.samplingRate == 1 ? nil : variant.samplingRate
    card.notes = variant.notes
    return card
  }
}
