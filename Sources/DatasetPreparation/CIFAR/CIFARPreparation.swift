import Arrays
import Datasets

/// CIFAR-10 as prepared data.
package enum CIFARPreparation {
  package static let family = "cifar10"
  package static let archiveName = "cifar-10-binary.tar.gz"
  private static let officialCounts = (training: 50_000, test: 10_000)

  /// Writes a prepared folder.
  ///
  /// - Parameters:
  ///   - raw: the raw folder, with its receipt.
  ///   - output: the prepared folder.
  /// - Throws: `StageError` if the archive is missing, changed or damaged, or the folder cannot be written.
  @discardableResult
  package static func prepare(_ variant: CIFARVariant, raw: String, output: String) throws -> DatasetCard {
    let file = try RawFolder(directory: raw, command: "`make download-cifar10`").required(archiveName)
    let archive = try CIFARArchive(file)
    let batches = archive.training + [archive.test]
    let count = batches.reduce(0) { $0 + $1.count }
    let trainingCount = count - archive.test.count
    let complete = (trainingCount, archive.test.count) == officialCounts
    return try PreparedFolder.make(at: output) { folder in
      let labels = batches.flatMap { batch in (0..<batch.count).map { Int32(batch.label($0)) } }
      try folder.write("values.npy", of: .uint8, rowShape: [CIFARBatch.imageSize, variant.channelCount]) { writer in
        for batch in batches {
          for record in 0..<batch.count { try writer.append(variant.values(batch, record)) }
        }
      }
      if variant == .permuted {
        try folder.write(NumPyArray(CIFARVariant.permutation.map(Int32.init), shape: [CIFARBatch.imageSize]), as: "permutation.npy")
      }
      let splits =
        complete
        ? SplitLists.holdingOutTenth(training: 0..<trainingCount, test: trainingCount..<count, shufflesTest: false) : subset(count: count)
      var card = DatasetCard(
        family: family, variant: variant.rawValue, inputKind: .values,
        sequenceLength: CIFARBatch.imageSize + (variant.noiseStepCount ?? 0), channelCount: variant.channelCount,
        classCount: CIFARBatch.classCount)
      (card.normalization, card.noiseStepCount) = (variant.normalization, variant.noiseStepCount)
      card.splits = try folder.write(labels: labels, classCount: CIFARBatch.classCount, splits: splits)
      card.sources = [file.source]
      card.unofficial = !file.source.official || !complete
      card.notes = notes(complete: complete, count: count) + variant.notes
      return card
    }
  }

  /// All records of a subset drawn anew: 68 % train, 5 % validation, 27 % test, so that the test set is large enough to compare.
  private static func subset(count: Int) -> [Split: [Int32]] {
    let order = SplitLists.shuffled((0..<count).map(Int32.init))
    return SplitLists.cut(order, train: (count * 68 + 50) / 100, validation: (count * 5 + 50) / 100)
  }

  private static func notes(complete: Bool, count: Int) -> [String] {
    let seed = "Philox seed \(SplitLists.seed)"
    return complete
      ? ["validation: a tenth of the 50,000 training records, drawn with \(seed)"]
      : ["a subset of \(count) records, all split anew into about 68 % train, 5 % validation, 27 % test, drawn with \(seed)"]
  }
}
