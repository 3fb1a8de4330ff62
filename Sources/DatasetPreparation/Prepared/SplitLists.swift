import Arrays
import Datasets

/// Index lists of ours, drawn once from a fixed seed and written into the prepared folder, in random order, so that any first part of a
/// list is a fair sample.
package enum SplitLists {
  /// Part of the data, not of a run: every seed of an experiment sees the same splits.
  package static let seed: UInt64 = 42

  /// Records in random order.
  ///
  /// - Parameter lane: another one for each list that is drawn of the same data.
  package static func shuffled(_ records: [Int32], lane: UInt32 = 0) -> [Int32] {
    var stream = RandomStream(seed: seed, purpose: .split, lane: lane)
    return stream.permutation(records.count).map { records[$0] }
  }

  /// Official training and test records; a tenth of the former, rounded down, validates.
  ///
  /// - Parameter shufflesTest: false leaves the test records in their order.
  package static func holdingOutTenth(training: Range<Int>, test: Range<Int>, shufflesTest: Bool = true) -> [Split: [Int32]] {
    let test = test.map(Int32.init)
    var splits = cut(shuffled(training.map(Int32.init)), train: training.count - training.count / 10, validation: training.count / 10)
    splits[.test] = shufflesTest ? shuffled(test, lane: 1) : test
    return splits
  }

  /// The first records train, the next ones validate, the others test.
  package static func cut(_ records: [Int32], train: Int, validation: Int) -> [Split: [Int32]] {
    [
      .train: Array(records[..<train]), .validation: Array(records[train..<train + validation]),
      .test: Array(records[(train + validation)...]),
    ]
  }

  /// 70 % train, 15 % validation, 15 % test of all records, rounded to the nearest record.
  package static func seventyFifteenFifteen(count: Int) -> [Split: [Int32]] {
    let trainCount = (count * 70 + 50) / 100
    return cut(shuffled((0..<count).map(Int32.init)), train: trainCount, validation: (count - trainCount) / 2)
  }
}
