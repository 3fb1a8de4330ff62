import Arrays

/// Which pass over a split reads a sample: noise that belongs to no file is drawn anew in each, and again alike when a run is resumed.
///
/// Evaluations are the first visit, so that numbers of different epochs and runs are of equal samples.
package struct Visit: Sendable, Equatable {
  package var seed: UInt64
  package var epoch: Int

  /// For data without such noise any visit is the same.
  package static let first = Visit(seed: 0, epoch: 0)

  package init(seed: UInt64, epoch: Int) {
    self.seed = seed
    self.epoch = epoch
  }

  /// Noise of one record: purpose `noise`, lane = epoch, positions = the record's own.
  ///
  /// - Parameter count: numbers that a record takes.
  func noise(record: Int, count: Int) -> RandomStream {
    RandomStream(seed: seed, purpose: .noise, lane: UInt32(epoch), position: UInt64(record) * UInt64(count))
  }
}
