import Arrays
import Datasets

/// Which records train, validate and test: lists of ours, drawn once from a fixed seed and written into the prepared folder.
package enum CIFARSplits {
  /// Part of the data, not of a run: every seed of an experiment sees the same splits.
  package static let seed: UInt64 = 42

  /// 10 % of the training records for validation; the official test records for test.
  ///
  /// - Returns: record indices, test records behind all training records; training and validation in random order, so that any first part
  ///   of a list is a fair sample.
  package static func official(trainingCount: Int, testCount: Int) -> [Split: [Int32]] {
    let order = permutation(trainingCount)
    let validationCount = trainingCount / 10
    return [
      .train: Array(order.dropLast(validationCount)), .validation: Array(order.suffix(validationCount)),
      .test: (trainingCount..<trainingCount + testCount).map(Int32.init),
    ]
  }

  /// All records of a subset drawn anew: 68 % train, 5 % validation, 27 % test, so that the test set is large enough to compare.
  package static func subset(count: Int) -> [Split: [Int32]] {
    let order = permutation(count)
    let trainCount = (count * 68 + 50) / 100
    let validationCount = (count * 5 + 50) / 100
    return [
      .train: Array(order[..<trainCount]), .validation: Array(order[trainCount..<trainCount + validationCount]),
      .test: Array(order[(trainCount + validationCount)...]),
    ]
  }

  private static func permutation(_ count: Int) -> [Int32] {
    var stream = RandomStream(seed: seed, purpose: .split)
    return stream.permutation(count).map(Int32.init)
  }
}
