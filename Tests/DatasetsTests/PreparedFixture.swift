import Arrays
import Datasets
import Foundation
import RunSupport
import TestSupport

/// Writes small prepared folders by hand.
enum PreparedFixture {
  /// Six token records of lengths 1, 3, 2, 3, 3, 1; record r holds the words 3 + r, …; classes 0, 1, 1, 2, 0, 1.
  @discardableResult
  static func tokens(in folder: String, wide: Bool = false) throws -> PreparedDataset {
    let lengths = [1, 3, 2, 3, 3, 1]
    let words = lengths.enumerated().flatMap { record, length in (0..<length).map { UInt8(3 + record + $0) } }
    let offsets = lengths.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + Int64($1)) }
    let array =
      wide
      ? NumPyArray(words.map(UInt16.init), shape: [words.count]) : NumPyArray(words, shape: [words.count])
    try NumPyFile.write(array, to: folder + "/tokens.npy")
    try NumPyFile.write(NumPyArray(offsets, shape: [7]), to: folder + "/offsets.npy")
    return try writeRest(folder, labels: [0, 1, 1, 2, 0, 1], card: card(.tokens, length: 3, channels: 1, words: 12))
  }

  /// Six records of three channels, of two steps with values 6r…6r+5; scale 0.5, means 1, 2, 3, deviations 1, 2, 4.
  @discardableResult
  static func values(in folder: String, steps: Int = 2, asFloats: Bool = false) throws -> PreparedDataset {
    let values = (0..<18 * steps).map { UInt8(truncatingIfNeeded: $0) }
    let array = asFloats ? NumPyArray(values.map(Float.init), shape: [6, steps, 3]) : NumPyArray(values, shape: [6, steps, 3])
    try NumPyFile.write(array, to: folder + "/values.npy")
    var card = card(.values, length: steps, channels: 3, words: 0)
    card.normalization = .init(scale: 0.5, mean: [1, 2, 3], deviation: [1, 2, 4])
    return try writeRest(folder, labels: [0, 1, 1, 2, 0, 1], card: card)
  }

  /// Three records of two documents each: record r holds documents of r + 1 and 2 words, 10r + 3, … and 10r + 5, ….
  static func pairs(in folder: String) throws {
    let words: [UInt8] = [3, 5, 6, 13, 14, 15, 16, 23, 24, 25, 25, 26]
    let offsets: [Int64] = [0, 1, 3, 5, 7, 10, 12]
    try NumPyFile.write(NumPyArray(words, shape: [words.count]), to: folder + "/tokens.npy")
    try NumPyFile.write(NumPyArray(offsets, shape: [offsets.count]), to: folder + "/offsets.npy")
    var card = card(.tokens, length: 3, channels: 1, words: 30)
    card.documentCount = 2
    try writeList([0, 1, 1], "labels.npy", in: folder)
    try writeLists([2, 0], [1], [], card: &card, in: folder)
  }

  /// Values with real targets −0.5, 0.5, 1.5, ….
  static func realTargets(in folder: String) throws {
    try values(in: folder)
    unlink(folder + "/labels.npy")
    try NumPyFile.write(NumPyArray((0..<6).map { Float($0) - 0.5 }, shape: [6]), to: folder + "/targets.npy")
    var card = card(.values, length: 2, channels: 3, words: 0)
    card.targetKind = .real
    card.classCount = 0
    try writeCard(card, in: folder)
  }

  /// Writes lists, their counts (without classes) on the card, and the card.
  static func writeLists(_ train: [Int32], _ validation: [Int32], _ test: [Int32], card: inout DatasetCard, in folder: String) throws {
    for (split, list) in [(Split.train, train), (.validation, validation), (.test, test)] {
      try writeList(list, "split-\(split.rawValue).npy", in: folder)
      card.splits[split.rawValue] = .init(count: list.count, perClass: [])
    }
    try writeCard(card, in: folder)
  }

  static func writeCard(_ card: DatasetCard, in folder: String) throws {
    try AtomicFile.write(try JSONText.encode(card), to: folder + "/card.json")
  }

  static func writeList(_ values: [Int32], _ name: String, in folder: String) throws {
    try NumPyFile.write(NumPyArray(values, shape: [values.count]), to: folder + "/" + name)
  }

  /// train: records 5, 1, 2; validation: 3; test: 0, 4.
  private static func writeRest(_ folder: String, labels: [Int32], card: DatasetCard) throws -> PreparedDataset {
    try writeList(labels, "labels.npy", in: folder)
    try writeList([5, 1, 2], "split-train.npy", in: folder)
    try writeList([3], "split-validation.npy", in: folder)
    try writeList([0, 4], "split-test.npy", in: folder)
    try writeCard(card, in: folder)
    return try PreparedDataset(directory: folder)
  }

  /// Writes the card of a folder anew.
  static func changeCard(in folder: String, _ change: (inout DatasetCard) -> Void) throws {
    var card = try PreparedDataset(directory: folder).card
    change(&card)
    try writeCard(card, in: folder)
  }

  static func card(_ kind: DatasetCard.InputKind, length: Int, channels: Int, words: Int) -> DatasetCard {
    var card = DatasetCard(
      family: "demo", variant: "plain", inputKind: kind, sequenceLength: length, channelCount: channels, classCount: 3)
    card.vocabulary = (0..<words).map { "w\($0)" }
    card.splits = [
      "train": .init(count: 3, perClass: [0, 3, 0]), "validation": .init(count: 1, perClass: [0, 0, 1]),
      "test": .init(count: 2, perClass: [2, 0, 0]),
    ]
    return card
  }
}
