/// Whether a state can be one of a training: what is read from a file decides how many steps follow, and which file is read next.
extension TrainingState {
  /// Why it cannot be a state of a training of so many epochs and batches an epoch; nil if it can.
  func misfit(seed: UInt64, epochs: Int, batchCount: Int, batchSize: Int) -> String? {
    guard (0...epochs).contains(epoch) else { return "epoch \(epoch) of \(epochs)" }
    // An epoch whose last batch is done counts as finished only behind its evaluation.
    guard (0...(epoch == epochs ? 0 : batchCount)).contains(batchesDone) else { return "batch \(batchesDone) of \(batchCount)" }
    let expected = TrainingState(seed: seed).dropout
    guard (dropout.seed, dropout.purpose, dropout.lane) == (expected.seed, expected.purpose, expected.lane) else {
      return "its random stream is that of another seed or purpose"
    }
    guard step == epoch * batchCount + batchesDone else {
      return "step \(step) behind \(epoch) epochs of \(batchCount) batches and \(batchesDone) more"
    }
    guard epochSums.sampleCount == batchesDone * batchSize else {
      return "sums of \(epochSums.sampleCount) samples behind \(batchesDone) batches of \(batchSize)"
    }
    guard history.map(\.epoch) == Array(1..<epoch + 1) else { return "\(epoch) epochs are done, and its history is of others" }
    guard let best else { return epoch == 0 ? nil : "it names no best epoch" }
    guard (1..<epoch + 1).contains(best.epoch), best.weights == CheckpointStore.bestName(epoch: best.epoch) else {
      return "its best epoch is \(best.epoch) of \(epoch), with the weights \(best.weights)"
    }
    return nil
  }
}
