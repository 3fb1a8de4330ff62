import Arrays
import Datasets
import Foundation
import RunSupport

/// A prepared folder while it is written: aside, the card last, renamed as a whole.
package struct PreparedFolder {
  private let side: String
  private var hashes: [String: String] = [:]

  private init(side: String) { self.side = side }

  /// Writes a prepared folder; an older one is replaced only when the new one is complete.
  ///
  /// - Parameters:
  ///   - output: the folder's path.
  ///   - body: writes the arrays and returns the card; the hashes of the arrays are added to it.
  /// - Throws: `StageError` (`inputOutput`; `badConfiguration` if `output` is something else) and what `body` throws.
  @discardableResult
  package static func make(at output: String, _ body: (inout PreparedFolder) throws -> DatasetCard) throws -> DatasetCard {
    try alone(at: output) { output in try write(to: output, body) }
  }

  /// Makes the folder for a caller that holds its lock already, inside `alone`.
  static func write(to output: String, _ body: (inout PreparedFolder) throws -> DatasetCard) throws -> DatasetCard {
    try refuseForeignFolder(output)
    return try AtomicFolder.write(to: output) { side in
      var folder = PreparedFolder(side: side)
      var card = try body(&folder)
      card.arrays = folder.hashes
      try AtomicFile.write(try JSONText.encode(card), to: folder.path(cardName))
      return card
    }
  }

  /// Writes an array and notes its hash.
  package mutating func write(_ array: NumPyArray, as name: String) throws {
    try NumPyFile.write(array, to: path(name))
    hashes[name] = try FileHash.hex(ofFile: path(name))
  }

  /// Writes an array row by row and notes its hash, for arrays that memory would not hold.
  ///
  /// - Parameters:
  ///   - rowShape: shape of a row.
  ///   - body: appends all rows.
  package mutating func write(
    _ name: String, of elementType: NumPyArray.ElementType, rowShape: [Int], _ body: (NumPyRowWriter) throws -> Void
  ) throws {
    let writer = try NumPyRowWriter(path: path(name), elementType, rowShape: rowShape)
    try body(writer)
    try writer.finish()
    hashes[name] = try FileHash.hex(ofFile: path(name))
  }

  /// An array that was written already, mapped into memory.
  package func read(_ name: String) throws -> NumPyArray { try NumPyFile.read(path(name)) }

  /// Gives `body` the path of a file that is deleted afterwards.
  package func withScratchFile<Result>(_ body: (String) throws -> Result) throws -> Result {
    let scratch = path("scratch.part")
    defer { unlink(scratch) }
    return try body(scratch)
  }

  /// Writes labels and index lists.
  ///
  /// - Parameter labels: class of each record.
  /// - Returns: the card's counts.
  package mutating func write(labels: [Int32], classCount: Int, splits: [Split: [Int32]]) throws -> [String: DatasetCard.SplitCounts] {
    try write(NumPyArray(labels, shape: [labels.count]), as: "labels.npy")
    return try write(splits: splits) { list in
      list.reduce(into: [Int](repeating: 0, count: classCount)) { counts, record in counts[Int(labels[Int(record)])] += 1 }
    }
  }

  /// Writes real targets and index lists.
  ///
  /// - Returns: the card's counts, without classes.
  package mutating func write(targets: [Float], splits: [Split: [Int32]]) throws -> [String: DatasetCard.SplitCounts] {
    try write(NumPyArray(targets, shape: [targets.count]), as: "targets.npy")
    return try write(splits: splits) { _ in [] }
  }

  private mutating func write(
    splits: [Split: [Int32]], perClass: ([Int32]) -> [Int]
  ) throws -> [String: DatasetCard.SplitCounts] {
    var counts: [String: DatasetCard.SplitCounts] = [:]
    for split in Split.allCases {
      let list = splits[split] ?? []
      try write(NumPyArray(list, shape: [list.count]), as: "split-\(split.rawValue).npy")
      counts[split.rawValue] = DatasetCard.SplitCounts(count: list.count, perClass: perClass(list))
    }
    return counts
  }

  package static let cardName = "card.json"

  private func path(_ name: String) -> String { (side as NSString).appendingPathComponent(name) }

  private static func refuseForeignFolder(_ output: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: output) else { return }
    let content = try? files.contentsOfDirectory(atPath: output)
    let foreign = content?.sorted().first { $0 != cardName && !$0.hasSuffix(".npy") }
    if content != nil && foreign == nil { return }
    throw StageError(
      .badConfiguration, "\(output) is not a prepared folder", where: output,
      why: foreign.map { "it holds \($0), which is neither \(cardName) nor an array" } ?? "it is no folder that may be read",
      fix: "pass another --output, or remove it")
  }
}
