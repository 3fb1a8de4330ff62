import Datasets
import RunSupport

/// Pathfinder as prepared data: sequences of gray values, row by row; label 1 if the two discs lie on one contour.
package enum PathfinderPreparation {
  /// Bytes of a part that is computed and kept at a time.
  private static let partSize = 1 << 22

  /// Generates pictures, as many of each label; every split has as many of each too.
  ///
  /// Finished parts are kept beside `output` until all is done, so a killed run continues. Memory holds one part.
  ///
  /// - Parameter progress: called with the pictures done and their total.
  /// - Throws: `StageError`: `badConfiguration` if contours of this length do not fit, `inputOutput`.
  @discardableResult
  package static func prepareGenerated(
    _ parameters: PathfinderParameters, output: String, threadCount: Int, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> DatasetCard {
    try PreparedFolder.alone(at: output) { output in
      try generate(parameters, output: output, threadCount: threadCount, progress: progress)
    }
  }

  private static func generate(
    _ parameters: PathfinderParameters, output: String, threadCount: Int, progress: (Int, Int) -> Void
  ) throws -> DatasetCard {
    let (count, pixelCount) = (parameters.count, parameters.resolution * parameters.resolution)
    try DiskSpace.require(2 * count * pixelCount, at: output, advice: "pass a smaller --count, or another --output")
    let generator = PathfinderGenerator(parameters.settings, seed: UInt64(parameters.seed))
    let store = try PartStore(beside: output, identity: "Pathfinder \(parameters.dictionary.sorted { $0.key < $1.key })")
    let perPart = max(1, partSize / pixelCount)
    func part(_ index: Int) throws -> [UInt8] {
      let range = index * perPart..<min(count, (index + 1) * perPart)
      return try store.part(index, size: range.count * pixelCount) {
        let pictures = try orderedMap(range, threadCount: threadCount) { try generator.sample($0).pixels }
        return Array(pictures.joined())
      }
    }
    let partCount = (count + perPart - 1) / perPart
    for index in 0..<partCount {
      _ = try part(index)
      progress(min(count, (index + 1) * perPart), count)
    }
    var card = card(variant: parameters.variant, resolution: parameters.resolution, centered: parameters.centered)
    card.generator = DatasetCard.Generator(name: "Pathfinder", parameters: parameters.dictionary)
    card.notes = [
      "generated here by the rules of the released data; not the released files",
      "lines are drawn by exact coverage instead of a Lanczos reduction; a contour in a dead end takes four paddles back",
      "splits are drawn with Philox seed \(SplitLists.seed), the same number of both labels in each",
    ]
    card = try PreparedFolder.write(to: output) { folder in
      try folder.write("values.npy", of: .uint8, rowShape: [pixelCount, 1]) { writer in
        for index in 0..<partCount { try writer.append(try part(index)) }
      }
      let labels = (0..<count).map { Int32(PathfinderGenerator.label(of: $0)) }
      card.splits = try folder.write(labels: labels, classCount: 2, splits: balancedSplits(count: count))
      return card
    }
    store.remove()
    return card
  }

  /// 80 % train, 10 % validation, 10 % test of pairs of neighbours, which have different labels.
  static func balancedSplits(count: Int) -> [Split: [Int32]] {
    let pairs = SplitLists.shuffled((0..<Int32(count / 2)).map { 2 * $0 })
    return eightyTenTen(pairs).mapValues { $0.flatMap { [$0, $0 + 1] } }
  }

  /// 80 % train, 10 % validation, 10 % test, the latter two rounded down.
  static func eightyTenTen(_ records: [Int32]) -> [Split: [Int32]] {
    SplitLists.cut(records, train: records.count - 2 * (records.count / 10), validation: records.count / 10)
  }

  static func variant(_ name: String, centered: Bool) -> String { centered ? name + "-centered" : name }

  /// A card without counts, sources and notes.
  static func card(variant: String, resolution: Int, centered: Bool) -> DatasetCard {
    var card = DatasetCard(
      family: ArenaArchive.dataset, variant: variant, inputKind: .values, sequenceLength: resolution * resolution, classCount: 2)
    card.normalization = .init(scale: 1 / 255, mean: [centered ? 0.5 : 0], deviation: [centered ? 0.5 : 1])
    card.picture = PictureShape(height: resolution, width: resolution)
    return card
  }
}
