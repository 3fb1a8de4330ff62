import Datasets
import RunSupport

/// `list_eval_partition.txt`: which split each picture belongs to.
package struct PartitionList: Sendable {
  /// Pictures in each split, as the dataset's authors publish it.
  package static let officialCounts: [Split: Int] = [.train: 162_770, .validation: 19_867, .test: 19_962]

  /// Split by file name.
  package let splits: [String: Split]

  /// Parses lines of a file name, blanks and 0 (train), 1 (validation) or 2 (test).
  ///
  /// - Throws: `StageError` (`badData`) naming the first line that is different, or a name listed twice.
  package init(_ bytes: [UInt8], path: String, advice: String) throws {
    func failure(_ line: Int, _ why: String) -> StageError {
      StageError(.badData, "\(path) is not CelebA's partition list", where: "\(path), line \(line)", why: why, fix: advice)
    }
    var splits: [String: Split] = [:]
    func read(_ number: Int, _ line: UnsafeRawBufferPointer) throws {
      let fields = line.split(separator: UInt8(ascii: " "))
      if fields.isEmpty { return }
      guard fields.count == 2, let code = fields[1].first, fields[1].count == 1 else {
        throw failure(number, "expected a file name and a number, found \(fields.count) fields of \(line.count) bytes")
      }
      guard let split = Self.split(code) else { throw failure(number, "the partition is neither 0, 1 nor 2") }
      guard fields[0].allSatisfy({ 0x21...0x7E ~= $0 }) else { throw failure(number, "the file name has other than printable characters") }
      guard splits.updateValue(split, forKey: String(decoding: fields[0], as: UTF8.self)) == nil else {
        throw failure(number, "the picture is listed twice")
      }
    }
    try bytes.withUnsafeBytes { try LineSplitter.forEachLine(of: $0, read) }
    guard !splits.isEmpty else { throw failure(1, "it lists no picture") }
    self.splits = splits
  }

  /// Whether the numbers of pictures are the published ones.
  package var isOfficial: Bool { Split.allCases.allSatisfy { count(of: $0) == Self.officialCounts[$0] } }

  package func count(of split: Split) -> Int { splits.values.count { $0 == split } }

  private static func split(_ code: UInt8) -> Split? {
    switch code {
    case UInt8(ascii: "0"): .train
    case UInt8(ascii: "1"): .validation
    case UInt8(ascii: "2"): .test
    default: nil
    }
  }
}
