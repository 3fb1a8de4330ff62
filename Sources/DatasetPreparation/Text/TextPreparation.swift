import Arrays
import Datasets

/// Long Range Arena's Text task: the sentiment of IMDB reviews, character by character, as the S4 reference prepares it.
package enum TextPreparation {
  /// Its entry in `data/sources.yaml` and folder below `data/raw`.
  package static let dataset = "imdb"
  package static let archiveName = "aclImdb_v1.tar.gz"
  /// Longest sequence, `<eos>` included.
  package static let maximumLength = 4096
  /// Characters that are rarer in the training reviews are unknown.
  package static let minimumCount = 15
  /// Reviews of each of the four folders.
  private static let officialCount = 12_500

  /// - Parameters:
  ///   - raw: the raw folder, with its receipt.
  ///   - output: the prepared folder.
  /// - Throws: `StageError` if the archive is missing, changed or damaged, or the folder cannot be written.
  @discardableResult
  package static func prepare(raw: String, output: String) throws -> DatasetCard {
    let file = try RawFolder(directory: raw, command: "`make download-imdb`").required(archiveName)
    let reviews = try ReviewArchive.read(file)
    let trainingCount = reviews.count { !$0.isTest }
    let isComplete = Dictionary(grouping: reviews, by: \.folder).values.allSatisfy { $0.count == officialCount }
    return try PreparedFolder.make(at: output) { folder in
      var card = emptyCard(file.source, isComplete: isComplete, count: reviews.count)
      try folder.withScratchFile { scratch in
        var corpus = try CharacterCorpus(scratch: scratch, maximumLength: maximumLength)
        for review in reviews { try corpus.append(review.text, isCounted: !review.isTest) }
        let (vocabulary, longest) = try corpus.finish(into: &folder, minimumCount: minimumCount)
        card.vocabulary = vocabulary.words
        card.sequenceLength = longest
        card.notes.append("\(corpus.cutCount) reviews were cut to \(maximumLength - 1) characters")
      }
      card.splits = try folder.write(
        labels: reviews.map { $0.isPositive ? 1 : 0 }, classCount: 2,
        splits: SplitLists.holdingOutTenth(training: 0..<trainingCount, test: trainingCount..<reviews.count))
      return card
    }
  }

  private static func emptyCard(_ source: DatasetCard.Source, isComplete: Bool, count: Int) -> DatasetCard {
    let subset = isComplete ? [] : ["a subset: \(count) of 50,000 reviews"]
    var card = DatasetCard(family: ArenaArchive.dataset, variant: "text", inputKind: .tokens, classCount: 2)
    card.sources = [source]
    card.unofficial = !source.official || !isComplete
    card.notes =
      subset + [
        "classes: 0 negative, 1 positive",
        "validation: a tenth of the training reviews, drawn with Philox seed \(SplitLists.seed)",
        "vocabulary: characters that occur at least \(minimumCount) times in the training reviews, held-out ones included, after the cut",
      ]
    return card
  }
}
