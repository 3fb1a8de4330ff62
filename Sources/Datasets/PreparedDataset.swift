import Arrays
import Foundation
import RunSupport

/// A prepared folder opened for reading: `card.json`, inputs, labels and the index lists of the splits.
///
/// The arrays are mapped into memory, so opening costs one pass over small integers and batches read only what they need.
package final class PreparedDataset: Sendable {
  package let card: DatasetCard
  private let records: Records
  private let labels: [Int32]
  private let splits: [Split: [Int32]]

  private enum Records: Sendable {
    case values(ValueRecords)
    case tokens(TokenRecords)
  }

  /// Opens a folder and checks that its files fit each other.
  ///
  /// - Parameter limits: use only so many samples of a split, the first of its list.
  /// - Throws: `StageError`: `missingInput` if a file is not there, `badData` if one does not fit, `badConfiguration` for a limit below 1.
  package init(directory: String, limits: DataConfiguration.SplitLimits = DataConfiguration.SplitLimits()) throws {
    let file = PreparedFile(directory: directory)
    let card = try file.card()
    let records: Records
    let recordCount: Int
    switch card.inputKind {
    case .values:
      let values = try ValueRecords(file, card: card)
      (records, recordCount) = (.values(values), values.count)
    case .tokens:
      let tokens = try TokenRecords(file, card: card)
      (records, recordCount) = (.tokens(tokens), tokens.count)
    }
    self.card = card
    self.records = records
    labels = try file.integers("labels.npy", below: card.classCount, called: "class")
    guard labels.count == recordCount else {
      throw file.damaged("labels.npy", "it holds \(labels.count) labels for \(recordCount) records")
    }
    splits = try Self.splits(file, card: card, recordCount: recordCount, limits: limits)
  }

  /// Samples of a split, after its limit.
  package func count(of split: Split) -> Int { list(split).count }

  /// Gathers samples.
  ///
  /// - Parameter positions: places in the (limited) list of the split, in the order of the batch's rows.
  /// - Precondition: every position lies in `0 ..< count(of: split)`.
  /// - Complexity: O(values of the batch).
  package func batch(_ positions: some Collection<Int>, of split: Split) -> Batch {
    let list = list(split)
    let chosen = positions.map { Int(list[$0]) }
    let classes = chosen.map { labels[$0] }
    switch records {
    case .values(let values): return Batch(input: .values(values.gather(chosen)), lengths: nil, labels: classes)
    case .tokens(let tokens):
      let (padded, lengths, length) = tokens.gather(chosen)
      let full = lengths.allSatisfy { $0 == length }
      return Batch(
        input: .tokens(padded, batchSize: chosen.count, length: length), lengths: full ? nil : lengths, labels: classes)
    }
  }

  /// The share of the most frequent class: the accuracy of always answering with it. 0 for an empty split.
  package func majorityRate(of split: Split) -> Double {
    let list = list(split)
    if list.isEmpty { return 0 }
    var counts = [Int](repeating: 0, count: card.classCount)
    for record in list { counts[Int(labels[Int(record)])] += 1 }
    return Double(counts.max() ?? 0) / Double(list.count)
  }

  private func list(_ split: Split) -> [Int32] { splits[split] ?? [] }

  private static func splits(
    _ file: PreparedFile, card: DatasetCard, recordCount: Int, limits: DataConfiguration.SplitLimits
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

extension DataConfiguration.SplitLimits {
  /// The limit of one split.
  package subscript(split: Split) -> Int? {
    switch split {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
