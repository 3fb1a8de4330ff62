import RunSupport
import Vocabulary

/// A prepared folder opened for reading: `card.json`, inputs, labels and the index lists of the splits.
///
/// The arrays are mapped into memory, so opening costs one pass over small integers and batches read only what they need.
package final class PreparedDataset: BatchSource {
  package let card: DatasetCard
  private let records: Records
  private let targets: Targets
  private let splits: [Split: [Int32]]

  private enum Records: Sendable {
    case values(ValueRecords)
    case tokens(TokenRecords)
  }

  /// Opens a folder and checks that its files fit each other.
  ///
  /// - Parameters:
  ///   - limits: use only so many samples of a split, the first of its list.
  ///   - paddingMultiple: a batch of tokens is as long as the smallest multiple of it that holds the longest sequence of the batch, all
  ///     documents counted, but at most the longest that the card allows; 1 is the longest sequence itself.
  /// - Precondition: `paddingMultiple` is positive.
  /// - Throws: `StageError`: `missingInput` if a file is not there, `badData` if one does not fit, `badConfiguration` for a limit below 1.
  package init(
    directory: String, limits: DataSpecification.SplitLimits = DataSpecification.SplitLimits(), paddingMultiple: Int = 1
  ) throws {
    let file = PreparedFile(directory: directory)
    let card = try file.card()
    let records: Records
    let recordCount: Int
    switch card.inputKind {
    case .values:
      let values = try ValueRecords(file, card: card)
      (records, recordCount) = (.values(values), values.count)
    case .tokens:
      let tokens = try TokenRecords(file, card: card, paddingMultiple: paddingMultiple)
      (records, recordCount) = (.tokens(tokens), tokens.count)
    }
    self.card = card
    self.records = records
    targets = try Targets(file, card: card, recordCount: recordCount)
    splits = try Self.splits(file, card: card, recordCount: recordCount, limits: limits)
  }

  /// Samples of a split, after its limit.
  package func count(of split: Split) -> Int { list(split).count }

  /// Gathers samples.
  ///
  /// - Parameters:
  ///   - positions: places in the (limited) list of the split, in the order of the batch's rows.
  ///   - visit: the pass that this access belongs to; it decides noise that is drawn per access.
  /// - Precondition: every position lies in `0 ..< count(of: split)`.
  /// - Complexity: O(values of the batch).
  package func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit = .first) -> Batch {
    let list = list(split)
    let chosen = positions.map { Int(list[$0]) }
    let target = targets.gather(chosen)
    switch records {
    case .values(let values):
      return Batch(input: .values(values.gather(chosen, visit: visit)), target: target)
    case .tokens(let tokens):
      let (padded, lengths, length) = tokens.gather(chosen)
      let isFull = lengths.allSatisfy { $0 == length }
      return Batch(
        input: .tokens(padded, batchSize: lengths.count, length: length), lengths: isFull ? nil : lengths, target: target)
    }
  }

  /// Writes some steps of one record of values, shape [channels, steps], normalised.
  ///
  /// - Precondition: the records are values, `steps` lies within the stored ones, and no step has a normalisation of its own.
  func copyValues(at position: Int, of split: Split, steps: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    guard case .values(let values) = records else { preconditionFailure("PreparedDataset: tokens have no values") }
    values.copy(record: Int(list(split)[position]), steps: steps, to: target)
  }

  /// The real targets of a split, in its order; empty for classes.
  package func realTargets(of split: Split) -> [Float] {
    if case .numbers(let numbers) = targets.gather(list(split).map(Int.init)) { numbers.values() } else { [] }
  }

  package func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target {
    let list = list(split)
    return targets.gather(positions.map { Int(list[$0]) })
  }

  package var description: SampleDescription {
    SampleDescription(
      input: card.inputKind == .tokens ? .tokens(vocabularySize: card.vocabulary.count) : .values(channels: card.channelCount),
      target: card.targetKind == .real ? .numbers(1) : .classes(card.classCount), sequenceLength: card.sequenceLength,
      documentCount: card.documentCount ?? 1)
  }

  private func list(_ split: Split) -> [Int32] { splits[split] ?? [] }

  private static func splits(
    _ file: PreparedFile, card: DatasetCard, recordCount: Int, limits: DataSpecification.SplitLimits
  ) throws -> [Split: [Int32]] {
    var used = [Bool](repeating: false, count: recordCount)
    var splits: [Split: [Int32]] = [:]
    for split in Split.allCases {
      let name = "split-\(split.rawValue).npy"
      let list = try file.integers(name, below: recordCount, called: "record")
      guard list.count == card.splits[split.rawValue]?.count else {
        throw file.damaged(name, "it lists \(list.count) records, the card \(card.splits[split.rawValue]?.count ?? 0)")
      }
      for record in list {
        if used[Int(record)] { throw file.damaged(name, "record \(record) is listed twice in the splits") }
        used[Int(record)] = true
      }
      splits[split] = try limited(list, to: limits[split], split)
    }
    return splits
  }

  private static func limited(_ list: [Int32], to limit: Int?, _ split: Split) throws -> [Int32] {
    guard let limit else { return list }
    guard limit > 0 else {
      throw StageError(
        .badConfiguration, "a limit of \(limit) samples is not possible", where: "data.limits.\(split.rawValue)",
        why: "a split needs at least one sample", fix: "set a positive number or remove the limit")
    }
    return Array(list.prefix(limit))
  }
}

extension DataSpecification.SplitLimits {
  /// The limit of one split.
  package subscript(split: Split) -> Int? {
    switch split {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
