import Arrays
import Datasets
import RunSupport

/// CelebA and generated face-like pictures as prepared data.
package enum CelebAPreparation {
  package static let family = "celeba"
  package static let partitionName = "list_eval_partition.txt"
  private static let downloadCommand = "`make download-celeba`"
  /// Pictures that the threads share at a time.
  private static let groupSize = 64

  /// Which archive the pictures come from.
  package enum Pictures: String, CaseIterable, Sendable {
    /// 178×218, the set's own.
    case aligned
    /// 89×109, a reduced copy that some mirrors have.
    case halfSize = "half-size"

    package var archiveName: String { self == .aligned ? "img_align_celeba.zip" : "img_align_celeba-half-size.zip" }
    package var variant: String { self == .aligned ? "released" : rawValue }
  }

  /// The size of a record.
  package struct Target: Sendable, Equatable {
    package var height: Int
    package var width: Int

    package init(height: Int = 2048, width: Int = 128) {
      self.height = height
      self.width = width
    }

    var byteCount: Int { height * width * 3 }

    /// - Throws: `StageError` (`badConfiguration`).
    func validate() throws {
      guard (1...16_384).contains(height), (1...16_384).contains(width) else {
        throw StageError(
          .badConfiguration, "impossible size \(height)×\(width)", where: "--height, --width", why: "allowed are 1 to 16384 pixels",
          fix: "pass other sizes; the paper's are 2048×128")
      }
    }
  }

  /// Decodes, crops and resizes the pictures of the archive.
  ///
  /// - Parameters:
  ///   - limit: at most so many pictures of each split, the first in the archive; nil for all.
  ///   - progress: called with the pictures done and their total.
  /// - Throws: `StageError`: `missingInput`, `badData`; `inputOutput` if the disk is too small.
  @discardableResult
  package static func prepareReleased(
    raw: String, pictures: Pictures = .aligned, target: Target, limit: Int? = nil, output: String, threadCount: Int,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> DatasetCard {
    try target.validate()
    let folder = try RawFolder(directory: raw, command: downloadCommand)
    let list = try folder.required(partitionName, byHand: family)
    let file = try folder.required(pictures.archiveName, byHand: family)
    let partition = try PartitionList([UInt8](InputFile.data(list.path, fix: list.advice)), path: list.path, advice: list.advice)
    let archive = CelebAArchive(file: file, partition: partition, limit: limit)
    let (splits, strangerCount) = try archive.contents()
    try requireSpace(splits.count, target, at: output)
    var sizes = SourceSizes()
    var card = emptyCard(pictures.variant, target)
    card.sources = [file.source, list.source]
    if let limit { card.notes.append("at most \(limit) pictures of each split, the first in the archive") }
    if strangerCount > 0 { card.notes.append("\(strangerCount) pictures that the partition list does not name were left out") }
    return try write(card, splits: splits, output: output) { writer in
      var done = 0
      try archive.forEachGroup(of: groupSize) { group in
        let records = try orderedMap(0..<group.count, threadCount: threadCount, chunkSize: 4) { index in
          let picture = try JPEGFile.decode(group[index].bytes, name: "\(file.path), \(group[index].name)", advice: file.advice)
          return (picture.width, picture.height, FacePicture.sequence(picture, height: target.height, width: target.width))
        }
        for (width, height, values) in records {
          sizes.add(width: width, height: height)
          try writer.append(values)
        }
        done += group.count
        progress(done, splits.count)
      }
    } finish: { card in
      card.notes += sizes.notes
      card.unofficial = !file.source.official || !list.source.official || !partition.isOfficial || !sizes.areOfficial
    }
  }

  /// Draws face-like pictures; the first are train, then validation, then test.
  ///
  /// - Throws: `StageError`: `badConfiguration` for impossible numbers; `inputOutput` if the disk is too small.
  @discardableResult
  package static func prepareGenerated(
    counts: [Split: Int], seed: Int, target: Target, output: String, threadCount: Int, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> DatasetCard {
    try target.validate()
    try GeneratedSplits.validate(counts, seed: seed)
    try requireSpace(counts.values.reduce(0, +), target, at: output)
    let splits = GeneratedSplits.list(counts)
    var card = emptyCard("generated", target)
    let size = ["height": target.height, "width": target.width]
    card.generator = .init(
      name: "face-like pictures", parameters: GeneratedSplits.parameters(counts, seed: seed).merging(size) { $1 })
    card.notes = ["drawn by our own generator; no picture of CelebA is involved"]
    return try write(card, splits: splits, output: output) { writer in
      for first in stride(from: 0, to: splits.count, by: groupSize) {
        let range = first..<min(first + groupSize, splits.count)
        let records = orderedMap(range, threadCount: threadCount, chunkSize: 4) { index in
          FacePicture.sequence(GeneratedFace.picture(index, seed: UInt64(seed)), height: target.height, width: target.width)
        }
        for values in records { try writer.append(values) }
        progress(range.upperBound, splits.count)
      }
    }
  }

  private static func write(
    _ card: DatasetCard, splits: [Split], output: String, _ rows: (NumPyRowWriter) throws -> Void,
    finish: (inout DatasetCard) -> Void = { _ in }
  ) throws -> DatasetCard {
    try PreparedFolder.make(at: output) { folder in
      var card = card
      try folder.write("values.npy", of: .uint8, rowShape: [card.sequenceLength, 3], rows)
      card.splits = try folder.write(
        labels: [Int32](repeating: 0, count: splits.count), classCount: 1, splits: GeneratedSplits.indices(splits))
      finish(&card)
      return card
    }
  }

  private static func requireSpace(_ count: Int, _ target: Target, at output: String) throws {
    try DiskSpace.require(
      count * target.byteCount, at: output,
      advice: "pass fewer pictures (--limit, --train), a smaller --height and --width, or another --output")
  }

  /// Values in [−1, 1]: (x/255 − 0.5) / 0.5. There are no classes: targets of the task are the pictures themselves.
  private static func emptyCard(_ variant: String, _ target: Target) -> DatasetCard {
    var card = DatasetCard(
      family: family, variant: variant, inputKind: .values, sequenceLength: target.height * target.width, channelCount: 3, classCount: 1)
    card.normalization = .init(scale: 1 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
    card.picture = PictureShape(height: target.height, width: target.width)
    return card
  }
}
