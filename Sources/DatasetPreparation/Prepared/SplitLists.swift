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
  package static func holdingOutTenth(training: Range<Int>, test: Range<Int>) -> [Split: [Int32]] {
    let order = shuffled(training.map(Int32.init))
    let validationCount = training.count / 10
    return [
      .train: Array(order.dropLast(validationCount)), .validation: Array(order.suffix(validationCount)),
      .test: shuffled(test.map(Int32.init), lane: 1),
    ]
  }

  /// 70 % train, 15 % validation, 15 % test of all records, rounded to the nearest record.
  package static func seventyFifteenFifteen(count: Int) -> [Split: [Int32]] {
    let order = shuffled((0..<count).map(Int32.init))
    let trainCount = (count * 70 + 50) / 100
    let validationCount = (count - trainCount) / 2
    return [
      .train: Array(order[..<trainCount]), .validation: Array(order[trainCount..<trainCount + validationCount]),
      .test: Array(order[(trainCount + validationCount)...]),
    ]
  }
}
