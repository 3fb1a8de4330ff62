import Arrays
import Datasets
import RunSupport

/// Long Range Arena's Retrieval task: whether one of two papers cites the other, character by character.
package enum RetrievalPreparation {
  /// What is fetched: the tables if a mirror has them by themselves, otherwise the release archive.
  package static let releasedNames = RetrievalRelease.names.values.sorted()
  /// Longest sequence, `<eos>` included.
  package static let maximumLength = 4000

  /// Counts and bounds of generated pairs.
  package struct Parameters: Sendable, Equatable {
    package var counts: [Split: Int]
    /// Inclusive bounds of a document's length in characters.
    package var minimumLength: Int
    package var maximumLength: Int
    package var seed: Int

    package init(counts: [Split: Int], minimumLength: Int, maximumLength: Int, seed: Int) {
      self.counts = counts
      self.minimumLength = minimumLength
      self.maximumLength = maximumLength
      self.seed = seed
    }

    /// The parameters by their names in the configuration of experiments.
    package var dictionary: [String: Int] {
      GeneratedSplits.parameters(counts, seed: seed).merging(["minimumLength": minimumLength, "maximumLength": maximumLength]) { $1 }
    }
  }

  /// Reads the three released files, each by itself or inside the release archive.
  ///
  /// - Throws: `StageError`: `missingInput`, saying how to obtain them, if they are not there; `badData` for damaged files; `inputOutput`.
  @discardableResult
  package static func prepareReleased(raw: String, output: String) throws -> DatasetCard {
    let release = try RetrievalRelease(raw: raw)
    var card = emptyCard("retrieval-released")
    card.sources = release.sources
    card.unofficial = !release.sources.allSatisfy(\.official)
    card.notes.append("no copy of the release was at hand when this reader was written: compare the counts with the release's own")
    return try write(card, output: output, pairs: release.forEachPair)
  }

  /// Generates pairs of made-up documents; the first are train, then validation, then test.
  ///
  /// - Throws: `StageError`: `badConfiguration` for impossible parameters, `inputOutput`.
  @discardableResult
  package static func prepareGenerated(_ parameters: Parameters, output: String) throws -> DatasetCard {
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
    DatasetCard(
      family: ArenaArchive.dataset, variant: variant, inputKind: .tokens, sequenceLength: 0, channelCount: 1, vocabulary: [], classCount: 2,
      normalization: nil, splits: [:], sources: [], generator: nil, unofficial: false, standIn: false,
      notes: ["vocabulary: all characters of the training documents after the cut"], arrays: [:], documentCount: 2)
  }
}
