import Vocabulary

/// Samples in three splits, gathered into batches: a prepared folder, or a task whose samples are made on the fly.
package protocol BatchSource: Sendable {
  var description: SampleDescription { get }

  func count(of split: Split) -> Int

  /// Gathers samples.
  ///
  /// - Parameters:
  ///   - positions: places in the list of the split, in the order of the batch's rows.
  ///   - visit: the pass that this access belongs to; it decides what is drawn per access.
  /// - Precondition: every position lies in `0 ..< count(of: split)`.
  func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch

  /// The targets alone, at the first visit.
  func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target
}

/// What the samples of a source look like; it decides both ends of a model.
package struct SampleDescription: Sendable, Equatable {
  package enum Target: Sendable, Equatable {
    case classes(Int)
    /// So many numbers for each sample, or for each of its steps.
    case numbers(Int)
    /// The next frame of so many channels at each step.
    case frames(channels: Int)
  }

  package var input: SampleInput
  package var target: Target
  /// Longest sequence, in steps; at most `longestSequence`.
  package var sequenceLength: Int
  /// Sequences of a sample.
  package var documentCount: Int

  /// Steps beyond which no sequence of any source goes.
  package static let longestSequence = 10_000_000

  package init(input: SampleInput, target: Target, sequenceLength: Int, documentCount: Int = 1) {
    self.input = input
    self.target = target
    self.sequenceLength = sequenceLength
    self.documentCount = documentCount
  }
}

extension BatchSource {
  /// The batches of an epoch from `first` on, each gathered on a second thread while the one before is used.
  ///
  /// - Parameters:
  ///   - plan: which samples each batch holds.
  ///   - first: where an interrupted epoch continues.
  ///   - visit: as in `batch`.
  package func batches(_ plan: EpochPlan, of split: Split, from first: Int = 0, visit: Visit = .first) -> Prefetcher<Batch> {
    Prefetcher(min(first, plan.batchCount)..<plan.batchCount) { batch(plan.positions(ofBatch: $0), of: split, visit: visit) }
  }
}

extension BatchSource {
  /// The share of the most frequent class: the accuracy of always answering with it. 0 for an empty split and for numbers.
  package func majorityRate(of split: Split) -> Double {
    guard count(of: split) > 0, case .classes(let labels) = target(0..<count(of: split), of: split) else { return 0 }
    let counts = labels.reduce(into: [Int32: Int]()) { $0[$1, default: 0] += 1 }
    return Double(counts.values.max() ?? 0) / Double(labels.count)
  }
}
