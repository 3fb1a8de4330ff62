import Arrays
import Datasets
import RunSupport

/// MNIST and videos of its digits as prepared data.
package enum MovingMNISTPreparation {
  package static let family = "moving-mnist"
  /// Sequences that the threads share at a time; memory holds two such groups.
  private static let groupSize = 16
  private static let officialCounts = (training: 60_000, test: 10_000)

  /// What moves.
  package enum Scene: Sendable, Equatable {
    /// Gray digits of one speed; 2 and 1 in the original.
    case original(digits: Int, speed: Int)
    /// One digit in the red channel and one in the blue; 3 and 0.3 in the original.
    case coloured(fastSpeed: Int, slowSpeed: Int)

    var variant: String {
      switch self {
      case .original: "original"
      case .coloured: "coloured"
      }
    }

    var channelCount: Int { self.variant == "original" ? 1 : 3 }

    /// Speeds are given in hundredths, because a dataset's parameters are whole numbers.
    var sprites: [MovingDigits.Sprite] {
      switch self {
      case .original(let digits, let speed):
        (0..<digits).map { _ in MovingDigits.Sprite(channel: 0, speed: Double(speed) / 100) }
      case .coloured(let fast, let slow):
        [MovingDigits.Sprite(channel: 0, speed: Double(fast) / 100), MovingDigits.Sprite(channel: 2, speed: Double(slow) / 100)]
      }
    }

    var parameters: [String: Int] {
      switch self {
      case .original(let digits, let speed): ["digits": digits, "speed": speed]
      case .coloured(let fast, let slow): ["fastSpeed": fast, "slowSpeed": slow]
      }
    }

    /// - Throws: `StageError` (`badConfiguration`). A step longer than the range would be reflected in place.
    func validate() throws {
      let speeds = sprites.map { Int(($0.speed * 100).rounded()) }
      guard (1...10).contains(sprites.count), speeds.allSatisfy({ (1...600).contains($0) }) else {
        throw StageError(
          .badConfiguration, "impossible digits or speeds", where: "--digits, --speed, --fast-speed, --slow-speed",
          why: "found \(sprites.count) digits with speeds \(speeds)",
          fix: "pass 1 to 10 digits and speeds of 1 to 600 hundredths, of which each is 0.0015 of the range a frame")
      }
    }
  }

  /// Generates videos; the first are train, then validation, then test. All draw from the 60,000 training digits, as the original does.
  ///
  /// - Parameter progress: called with the sequences done and their total.
  /// - Throws: `StageError`: `missingInput` without the digits; `badConfiguration`; `inputOutput` if the disk is too small.
  @discardableResult
  package static func prepareVideos(
    raw: String, scene: Scene, frameCount: Int, counts: [Split: Int], seed: Int, output: String, threadCount: Int,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> DatasetCard {
    try scene.validate()
    try GeneratedSplits.validate(counts, seed: seed)
    guard (1...10_000).contains(frameCount) else {
      throw StageError(
        .badConfiguration, "impossible number of frames", where: "--frames", why: "found \(frameCount), allowed are 1 to 10000",
        fix: "pass another number; the paper's is 600")
    }
    let digits = try MNISTDigits(MNISTDigits.trainingImages, raw: raw)
    let shape = PictureShape(frames: frameCount, height: MovingDigits.side, width: MovingDigits.side)
    try DiskSpace.require(
      counts.values.reduce(0, +) * shape.count * scene.channelCount, at: output,
      advice: "pass fewer sequences or frames, or another --output")
    let splits = GeneratedSplits.list(counts)
    let generator = MovingDigits(
      digits: digits, frameCount: frameCount, channelCount: scene.channelCount, sprites: scene.sprites, seed: UInt64(seed))
    let parameters = GeneratedSplits.parameters(counts, seed: seed).merging(scene.parameters) { $1 }.merging(["frames": frameCount]) { $1 }
    var card = emptyCard(scene.variant, shape: shape, channelCount: scene.channelCount, classCount: 1)
    card.sources = [digits.source]
    card.generator = .init(name: "Moving MNIST, \(scene.variant)", parameters: parameters)
    card.unofficial = !digits.source.official
    card.notes = ["digits are drawn from \(digits.count) training pictures; speeds in hundredths of 0.15 of the range a frame"]
    return try PreparedFolder.make(at: output) { folder in
      try folder.write("values.npy", of: .uint8, rowShape: [shape.count, scene.channelCount]) { writer in
        for first in stride(from: 0, to: splits.count, by: groupSize) {
          let range = first..<min(first + groupSize, splits.count)
          let videos = orderedMap(range, threadCount: threadCount, generator.sequence)
          for video in videos { try writer.append(video) }
          progress(range.upperBound, splits.count)
        }
      }
      card.splits = try folder.write(
        labels: [Int32](repeating: 0, count: splits.count), classCount: 1, splits: GeneratedSplits.indices(splits))
      return card
    }
  }

  /// The digits themselves in sequences of 784 gray values, with their classes: what the videos are made of.
  ///
  /// - Throws: `StageError`: `missingInput`, `badData`, `inputOutput`.
  @discardableResult
  package static func prepareDigits(raw: String, output: String) throws -> DatasetCard {
    let training = try MNISTDigits(MNISTDigits.trainingImages, raw: raw)
    let test = try MNISTDigits(MNISTDigits.testImages, raw: raw)
    let (trainingLabels, firstSource) = try MNISTDigits.labels(MNISTDigits.trainingLabels, of: training, raw: raw)
    let (testLabels, secondSource) = try MNISTDigits.labels(MNISTDigits.testLabels, of: test, raw: raw)
    let shape = PictureShape(height: MNISTDigits.side, width: MNISTDigits.side)
    var card = emptyCard("digits", shape: shape, channelCount: 1, classCount: 10)
    card.sources = [training.source, firstSource, test.source, secondSource]
    card.unofficial = !card.sources.allSatisfy(\.official) || (training.count, test.count) != officialCounts
    card.notes = ["validation: a tenth of the training pictures, drawn with Philox seed \(SplitLists.seed)"]
    return try PreparedFolder.make(at: output) { folder in
      try folder.write("values.npy", of: .uint8, rowShape: [shape.count, 1]) { writer in
        try writer.append(training.pixels)
        try writer.append(test.pixels)
      }
      card.splits = try folder.write(
        labels: trainingLabels + testLabels, classCount: 10,
        splits: SplitLists.holdingOutTenth(training: 0..<training.count, test: training.count..<training.count + test.count))
      return card
    }
  }

  /// Values in [−1, 1], as ConvSSM's loader has them.
  private static func emptyCard(_ variant: String, shape: PictureShape, channelCount: Int, classCount: Int) -> DatasetCard {
    let half = [Double](repeating: 0.5, count: channelCount)
    var card = DatasetCard(
      family: family, variant: variant, inputKind: .values, sequenceLength: shape.count, channelCount: channelCount, classCount: classCount)
    card.normalization = .init(scale: 1 / 255, mean: half, deviation: half)
    card.picture = shape
    return card
  }
}
