import Arrays
import Datasets
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
  private static let downloadCommand = "`make download-lra TASKS=listops`"

  /// Generates distinct expressions; the first are train, then validation, then test.
  ///
  /// - Parameter parameters: both lengths are exclusive bounds of an expression's size in words.
  /// - Throws: `StageError`: `badConfiguration` for impossible parameters, `inputOutput`.
  @discardableResult
  package static func prepareGenerated(_ parameters: TextParameters, output: String, threadCount: Int) throws -> DatasetCard {
    let counts = parameters.counts
    try GeneratedSplits.validate(counts, seed: parameters.seed, largest: largestCount)
    let generator = try ListOpsGenerator(
      minimumLength: parameters.minimumLength, maximumLength: parameters.maximumLength, seed: UInt64(parameters.seed))
    let examples = try generator.examples(counts.values.reduce(0, +), threadCount: threadCount)
    let examplesBySplit = GeneratedSplits.indices(GeneratedSplits.list(counts)).mapValues { $0.map { examples[Int($0)] } }
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
    let release = try ArenaRelease(releasedNames, raw: raw, command: downloadCommand) { why in
      StageError(
        .missingInput, "no ListOps files in \(raw)", where: raw, why: why, fix: "run \(downloadCommand), or use --source generated")
    }
    var examples: [Split: [ListOpsExample]] = [:]
    try release.forEachRow(ListOpsTable.init) { examples[$0, default: []].append($1) }
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
    DatasetCard(family: ArenaArchive.dataset, variant: variant, inputKind: .tokens, classCount: 10)
  }
}
