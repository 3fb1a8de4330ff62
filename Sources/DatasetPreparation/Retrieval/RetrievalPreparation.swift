import Datasets
import RunSupport

/// Long Range Arena's Retrieval task: whether one of two papers cites the other, character by character.
package enum RetrievalPreparation {
  /// What the released files are called in `data/sources.yaml`, by split.
  package static let releasedNames: [Split: String] = [
    .train: "tsv_data/new_aan_pairs.train.tsv", .validation: "tsv_data/new_aan_pairs.eval.tsv", .test: "tsv_data/new_aan_pairs.test.tsv",
  ]
  /// Longest sequence, `<eos>` included.
  package static let maximumLength = 4000

  /// Reads the three released files, each by itself or inside the release archive.
  ///
  /// - Throws: `StageError`: `missingInput`, saying how to obtain them, if they are not there; `badData` for damaged files; `inputOutput`.
  @discardableResult
  package static func prepareReleased(raw: String, output: String) throws -> DatasetCard {
    let command = "`make download-lra TASKS=retrieval`"
    let release = try ArenaRelease(releasedNames, raw: raw, command: command) { why in
      let files = Split.allCases.compactMap { releasedNames[$0] }.joined(separator: ", ")
      return StageError(
        .missingInput, "no Retrieval files in \(raw)", where: raw, why: why,
        fix: """
          run \(command), which fetches the whole release (about 8 GB); or place \(files) from another copy of it in \(raw) \
          and run that command; the texts come from http://aan.how/download/, but other versions of them are another task. \
          To try the pipeline without them, use --source generated
          """)
    }
    var card = emptyCard("retrieval-released")
    card.sources = release.sources
    card.unofficial = !release.sources.allSatisfy(\.official)
    card.notes.append("no copy of the release was at hand when this reader was written: compare the counts with the release's own")
    return try write(card, output: output) { try release.forEachRow(DocumentPairTable.init, $0) }
  }

  /// Generates pairs of made-up documents; the first are train, then validation, then test.
  ///
  /// - Parameter parameters: both lengths are inclusive bounds of a document's length in characters.
  /// - Throws: `StageError`: `badConfiguration` for impossible parameters, `inputOutput`.
  @discardableResult
  package static func prepareGenerated(_ parameters: TextParameters, output: String) throws -> DatasetCard {
    try GeneratedSplits.validate(parameters.counts, seed: parameters.seed)
    guard parameters.minimumLength > 0, parameters.maximumLength >= parameters.minimumLength, parameters.maximumLength < maximumLength
    else {
      throw StageError(
        .badConfiguration, "impossible lengths of documents", where: "--minimum-length, --maximum-length",
        why: "found \(parameters.minimumLength) and \(parameters.maximumLength)",
        fix: "pass 1 or more, and at most \(maximumLength - 1), in this order")
    }
    var card = emptyCard("retrieval-generated")
    card.generator = DatasetCard.Generator(name: "pairs of made-up documents", parameters: parameters.dictionary)
    card.unofficial = true
    card.notes.append("generated documents without meaning, to test the pipeline: not the AAN papers, never for a table")
    let generator = PairGenerator(seed: UInt64(parameters.seed), lengths: parameters.minimumLength...parameters.maximumLength)
    return try write(card, output: output) { body in
      for (index, split) in GeneratedSplits.list(parameters.counts).enumerated() { try body(split, generator.pair(index)) }
    }
  }

  private static func write(
    _ emptyCard: DatasetCard, output: String, pairs: ((Split, DocumentPair) throws -> Void) throws -> Void
  ) throws -> DatasetCard {
    try PreparedFolder.make(at: output) { folder in
      var card = emptyCard
      var labels: [Int32] = []
      var splits: [Split: [Int32]] = [:]
      try folder.withScratchFile { scratch in
        var corpus = try CharacterCorpus(scratch: scratch, maximumLength: maximumLength)
        try pairs { split, pair in
          splits[split, default: []].append(Int32(labels.count))
          labels.append(pair.label)
          try corpus.append(pair.first, isCounted: split == .train)
          try corpus.append(pair.second, isCounted: split == .train)
        }
        let (vocabulary, longest) = try corpus.finish(into: &folder, minimumCount: 1)
        card.vocabulary = vocabulary.words
        card.sequenceLength = longest
        card.notes.append("\(corpus.cutCount) documents were cut to \(maximumLength - 1) characters")
      }
      card.splits = try folder.write(labels: labels, classCount: 2, splits: splits)
      return card
    }
  }

  private static func emptyCard(_ variant: String) -> DatasetCard {
    var card = DatasetCard(family: ArenaArchive.dataset, variant: variant, inputKind: .tokens, classCount: 2)
    card.documentCount = 2
    card.notes = ["vocabulary: all characters of the training documents after the cut"]
    return card
  }
}
