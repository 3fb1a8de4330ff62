import Datasets
import RunSupport

/// Splits of generated records: the first are train, then validation, then test.
enum GeneratedSplits {
  /// - Parameter largest: records of a split at most.
  /// - Throws: `StageError` (`badConfiguration`) unless every count is positive and the seed is not negative.
  static func validate(_ counts: [Split: Int], seed: Int, largest: Int = Int(Int32.max)) throws {
    guard Split.allCases.allSatisfy({ (1...largest).contains(counts[$0, default: 0]) }), seed >= 0,
      counts.values.reduce(0, +) <= Int(Int32.max)
    else {
      let numbers = Split.allCases.map { String(counts[$0, default: 0]) }.joined(separator: ", ")
      throw StageError(
        .badConfiguration, "impossible numbers for a generator", where: "--train, --validation, --test, --seed",
        why: "found \(numbers) and seed \(seed)", fix: "pass counts from 1 to \(largest) and a seed of at least 0")
    }
  }

  /// The split of each record.
  static func list(_ counts: [Split: Int]) -> [Split] {
    Split.allCases.flatMap { [Split](repeating: $0, count: counts[$0, default: 0]) }
  }

  /// The records of each split.
  static func indices(_ splits: [Split]) -> [Split: [Int32]] {
    var indices: [Split: [Int32]] = [:]
    for (record, split) in splits.enumerated() { indices[split, default: []].append(Int32(record)) }
    return indices
  }

  /// Counts and seed by their names in the configuration of experiments.
  static func parameters(_ counts: [Split: Int], seed: Int) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }).merging(["seed": seed]) { $1 }
  }
}
