import Arrays

/// Which samples each batch of one epoch holds: a pure function of its parameters, so an interrupted epoch continues anywhere.
package struct EpochPlan: Sendable {
  package enum Order: Sendable, Equatable {
    /// Another permutation for each epoch: purpose `shuffle`, lane = epoch.
    case shuffled(seed: UInt64, epoch: Int)
    case sequential
  }

  private let count: Int
  private let batchSize: Int
  /// Nil for the identity.
  private let permutation: [Int]?
  /// The last incomplete batch counts unless it is dropped.
  package let batchCount: Int

  /// - Parameters:
  ///   - count: samples of the split.
  ///   - batchSize: samples of a batch; the last may have fewer.
  ///   - dropLast: leave an incomplete last batch out. Evaluation keeps it, so that every sample counts.
  /// - Precondition: `count >= 0`, `batchSize > 0`, `epoch >= 0`.
  package init(count: Int, batchSize: Int, order: Order, dropLast: Bool = false) {
    precondition(count >= 0 && batchSize > 0, "EpochPlan: \(count) samples in batches of \(batchSize)")
    self.count = count
    self.batchSize = batchSize
    batchCount = dropLast ? count / batchSize : (count + batchSize - 1) / batchSize
    switch order {
    case .sequential: permutation = nil
    case .shuffled(let seed, let epoch):
      var stream = RandomStream(seed: seed, purpose: .shuffle, lane: UInt32(epoch))
      permutation = stream.permutation(count)
    }
  }

  /// Positions in the split's list, in the order of the batch's rows.
  ///
  /// - Precondition: `0 <= batch < batchCount`.
  package func positions(ofBatch batch: Int) -> [Int] {
    precondition(batch >= 0 && batch < batchCount, "EpochPlan: batch \(batch) of \(batchCount)")
    let range = batch * batchSize..<min(count, (batch + 1) * batchSize)
    return permutation.map { Array($0[range]) } ?? Array(range)
  }
}
