import Foundation
import RunSupport
import Vocabulary

/// Tasks whose samples are made on the fly, from numbers alone: the variants of the family `generated`.
package enum GeneratedTask: String, CaseIterable, Sendable {
  case waves, delay

  /// What `DataSpecification.family` says.
  package static let family = "generated"

  /// Keys of `DataSpecification.parameters`; all must be there.
  package var parameterNames: [String] {
    switch self {
    case .waves: ["sequenceLength", "train", "validation", "test", "seed"]
    case .delay: ["sequenceLength", "lag", "train", "validation", "test", "seed"]
    }
  }

  /// The samples.
  ///
  /// - Throws: `StageError` (`badConfiguration`) if a number is missing or impossible.
  package func source(_ parameters: [String: Int]) throws -> any BatchSource {
    func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
      guard let value = parameters[name], range.contains(value) else {
        throw StageError(
          .badConfiguration, "impossible value data.parameters.\(name): \(parameters[name].map(String.init) ?? "none")",
          where: "\(Self.family)/\(rawValue)", why: "it must be from \(range.lowerBound) to \(range.upperBound)", fix: "correct the value")
      }
      return value
    }
    // Four steps hold one bin below the cut-off of the delay task.
    let length = try number("sequenceLength", 4...SampleDescription.longestSequence)
    let train = try number("train", 1...(self == .waves ? WaveTask.gridSize : 100_000_000))
    let (validation, test) = (try number("validation", 1...1_000_000), try number("test", 1...1_000_000))
    let seed = UInt64(try number("seed", 0...Int.max))
    switch self {
    case .waves:
      return WaveSource(sequenceLength: length, train: train, validation: validation, test: test, seed: seed)
    case .delay:
      let lag = try number("lag", 1...length - 1)
      return DelaySource(sequenceLength: length, lag: lag, train: train, validation: validation, test: test, seed: seed)
    }
  }
}

extension DataSpecification {
  /// The task that makes the samples on the fly; nil if they are prepared files.
  package var generatedTask: GeneratedTask? { family == GeneratedTask.family ? GeneratedTask(rawValue: variant) : nil }

  /// SHA-256 of the path that names task and parameters: what a card's hash is for prepared data.
  package var generatedHash: String { FileHash.hex(of: Data(preparedPath.utf8)) }
}
