import Arrays
import Datasets
import RunSupport

/// CIFAR-10 as prepared data.
package enum CIFARPreparation {
  package static let family = "cifar10"
  package static let archiveName = "cifar-10-binary.tar.gz"
  private static let downloadCommand = "`make download-cifar10`"
  private static let officialCounts = (training: 50_000, test: 10_000)

  /// Sequences of 1024 gray values, as Long Range Arena's Image task has them.
  ///
  /// - Parameters:
  ///   - raw: the raw folder, with its receipt.
  ///   - output: the prepared folder.
  /// - Throws: `StageError` if the archive is missing, changed or damaged, or the folder cannot be written.
  @discardableResult
  package static func prepareGray(raw: String, output: String) throws -> DatasetCard {
    let folder = try RawFolder(directory: raw, command: downloadCommand)
    guard let path = try folder.verifiedPath(of: archiveName), let source = folder.cardSource(of: archiveName) else {
      throw StageError(
        .missingInput, "no \(archiveName) in \(raw)", where: raw, why: "the receipt does not list it", fix: "run \(downloadCommand)")
    }
    let archive = try CIFARArchive(path: path)
    let batches = archive.training + [archive.test]
    let count = batches.reduce(0) { $0 + $1.count }
    let trainingCount = count - archive.test.count
    let complete = (trainingCount, archive.test.count) == officialCounts
    return try PreparedFolder.make(at: output) { folder in
      let values = batches.flatMap { batch in (0..<batch.count).flatMap(batch.gray) }
      let labels = batches.flatMap { batch in (0..<batch.count).map { Int32(batch.label($0)) } }
      try folder.write(NumPyArray(values, shape: [count, CIFARBatch.imageSize, 1]), as: "values.npy")
      let splits =
        complete
        ? CIFARSplits.official(trainingCount: trainingCount, testCount: archive.test.count) : CIFARSplits.subset(count: count)
      let counts = try folder.write(labels: labels, classCount: CIFARBatch.classCount, splits: splits)
      return DatasetCard(
        family: family, variant: "gray", inputKind: .values, sequenceLength: CIFARBatch.imageSize, channelCount: 1, vocabulary: [],
        classCount: CIFARBatch.classCount, normalization: grayNormalization, splits: counts, sources: [source], generator: nil,
        unofficial: !source.official || !complete, standIn: false, notes: notes(complete: complete, count: count),
        arrays: [:])
    }
  }

  /// The constants of the S4 family's pipelines for grayscale CIFAR-10.
  private static let grayNormalization = DatasetCard.Normalization(scale: 1 / 255, mean: [122.6 / 255], deviation: [61 / 255])

  private static func notes(complete: Bool, count: Int) -> [String] {
    let seed = "Philox seed \(CIFARSplits.seed)"
    return complete
      ? ["validation: a tenth of the 50,000 training records, drawn with \(seed)"]
      : ["a subset of \(count) records, all split anew into about 68 % train, 5 % validation, 27 % test, drawn with \(seed)"]
  }
}
