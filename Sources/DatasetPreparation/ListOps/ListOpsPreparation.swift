import Arrays
import Datasets
import Foundation
import RunSupport

/// ListOps as prepared data, from the generator or from the released files.
package enum ListOpsPreparation {
  /// What the released files are called in `data/sources.yaml`, by split.
  package static let releasedNames: [Split: String] = [
    .train: "listops-1000/basic_train.tsv", .validation: "listops-1000/basic_val.tsv", .test: "listops-1000/basic_test.tsv",
  ]
  private static let releasedCounts: [Split: Int] = [.train: 96_000, .validation: 2000, .test: 2000]
  /// More generated expressions in a split than anyone needs.
  private static let largestCount = 1_000_000
  /// Exclusive bounds of the released expressions' sizes.
  private static let releasedSizes = 501..<2000

  /// Counts and bounds of generated data.
  package struct Parameters: Sendable, Equatable {
    package var train: Int
    package var validation: Int
    package var test: Int
    /// Exclusive bounds of an expression's size in words.
    package var minimumLength: Int
    package var maximumLength: Int
    package var seed: Int

    package init(
      train: Int = 96_000, validation: Int = 2000, test: Int = 2000, minimumLength: Int = 500, maximumLength: Int = 2000, seed: Int = 1
    ) {
      self.train = train
      self.validation = validation
      self.test = test
      self.minimumLength = minimumLength
      self.maximumLength = maximumLength
      self.seed = seed
    }

    /// The parameters by their names in the configuration of experiments.
    package var dictionary: [String: Int] {
      [
        "train": train, "validation": validation, "test": test, "minimumLength": minimumLength, "maximumLength": maximumLength,
        "seed": seed,
      ]
    }

    /// Reads what `dictionary` gives.
    init(_ numbers: [String: Int]) {
      self.init(
        train: numbers["train", default: 0], validation: numbers["validation", default: 0], test: numbers["test", default: 0],
        minimumLength: numbers["minimumLength", default: 0], maximumLength: numbers["maximumLength", default: 0],
        seed: numbers["seed", default: 0])
    }
  }

  /// Generates distinct expressions; the first are train, then validation, then test.
  ///
  /// - Throws: `StageError`: `badConfiguration` for impossible parameters, `inputOutput`.
  @discardableResult
  package static func prepareGenerated(_ parameters: Parameters, output: String, threadCount: Int) throws -> DatasetCard {
    let counts: [Split: Int] = [.train: parameters.train, .validation: parameters.validation, .test: parameters.test]
    guard counts.values.allSatisfy({ (1...largestCount).contains($0) }), parameters.seed >= 0 else {
      throw StageError(
        .badConfiguration, "impossible numbers for the ListOps generator", where: "--train, --validation, --test, --seed",
        why: "found \(parameters.train), \(parameters.validation), \(parameters.test) and seed \(parameters.seed)",
        fix: "pass counts from 1 to \(largestCount) and a seed of at least 0")
    }
    let generator = try ListOpsGenerator(
      minimumLength: parameters.minimumLength, maximumLength: parameters.maximumLength, seed: UInt64(parameters.seed))
    let examples = try generator.examples(counts.values.reduce(0, +), threadCount: threadCount)
    var examplesBySplit: [Split: [ListOpsExample]] = [:]
    var first = 0
    for split in Split.allCases {
      let count = counts[split] ?? 0
      examplesBySplit[split] = Array(examples[first..<first + count])
      first += count
    }
    var card = emptyCard(variant: "listops-generated")
    card.generator = DatasetCard.Generator(name: "long-range-arena listops", parameters: parameters.dictionary)
    card.notes = ["generated here by the rules of the released data; not the released files"]
    return try write(examplesBySplit, card: card, output: output)
  }

  /// Reads the three released files, each by itself or inside the release archive.
  ///
  /// - Throws: `StageError`: `missingInput` if nothing was downloaded, `badData` for damaged files, `inputOutput`.
  @discardableResult
  package static func prepareReleased(raw: String, output: String) throws -> DatasetCard {
    let release = try ListOpsRelease(raw: raw)
    let examples = try release.examples()
    var card = emptyCard(variant: "listops-released")
    card.sources = release.sources
    let complete = Split.allCases.allSatisfy { examples[$0]?.count == releasedCounts[$0] }
    let strangers = Split.allCases.reduce(0) { total, split in
      total + (examples[split] ?? []).count { !releasedSizes.contains($0.words.count) }
    }
    card.unofficial = !complete || !release.sources.allSatisfy(\.official)
    card.standIn = release.standIn || strangers > 0
    if !complete { card.notes.append("the release has 96,000 / 2,000 / 2,000 expressions; these files have others") }
    if strangers > 0 {
      card.notes.append("\(strangers) expressions have not 501 to 1999 words, so this is not the Long Range Arena task: a stand-in")
    }
    return try write(examples, card: card, output: output)
  }

  private static func write(_ examples: [Split: [ListOpsExample]], card: DatasetCard, output: String) throws -> DatasetCard {
    let tokenizer = ListOpsTokenizer(training: examples[.train] ?? [])
    var tokens: [UInt8] = []
    var offsets: [Int64] = [0]
    var labels: [Int32] = []
    var splits: [Split: [Int32]] = [:]
    var longest = 0
    var cut = 0
    for split in Split.allCases {
      let first = labels.count
      for example in examples[split] ?? [] {
        let sequence = tokenizer.tokens(of: example)
        tokens += sequence
        offsets.append(Int64(tokens.count))
        labels.append(Int32(example.target))
        longest = max(longest, sequence.count)
        cut += example.words.count >= ListOpsTokenizer.maximumLength ? 1 : 0
      }
      splits[split] = (first..<labels.count).map(Int32.init)
    }
    var card = card
    card.vocabulary = tokenizer.vocabulary.words
    card.sequenceLength = longest
    if cut > 0 { card.notes.append("\(cut) expressions were cut to \(ListOpsTokenizer.maximumLength - 1) words") }
    return try PreparedFolder.make(at: output) { folder in
      try folder.write(NumPyArray(tokens, shape: [tokens.count]), as: "tokens.npy")
      try folder.write(NumPyArray(offsets, shape: [offsets.count]), as: "offsets.npy")
      card.splits = try folder.write(labels: labels, classCount: card.classCount, splits: splits)
      return card
    }
  }

  private static func emptyCard(variant: String) -> DatasetCard {
    DatasetCard(
      family: ArenaArchive.dataset, variant: variant, inputKind: .tokens, sequenceLength: 0, channelCount: 1, vocabulary: [],
      classCount: 10,
      normalization: nil, splits: [:], sources: [], generator: nil, unofficial: false, standIn: false, notes: [], arrays: [:])
  }
}
